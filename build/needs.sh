# What Parley needs of the machine. Debian packages are installed when they are missing; the .NET SDK and Node are not.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

need_dotnet() {
    command -v dotnet > /dev/null || { echo "The .NET 10 SDK is needed: see https://dot.net" >&2; exit 1; }
}

need_node() {
    command -v npm > /dev/null || { echo "Node.js 20 or newer with npm is needed for the tests: see https://nodejs.org" >&2; exit 1; }
}

need_sqlite() {
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q 'libsqlite3\.so\.0' || install_package libsqlite3-0
}

need_chromium() {
    command -v chromium > /dev/null || install_package chromium
}

need_postgres() {
    ls /usr/lib/postgresql/*/bin/postgres > /dev/null 2>&1 || install_package postgresql
}

need_nginx() {
    PATH="$PATH:/usr/sbin" command -v nginx > /dev/null || install_package nginx-light
}

install_package() {
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "Installing $1 ..." >&2
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get install -y -qq "$1" > /dev/null
}
