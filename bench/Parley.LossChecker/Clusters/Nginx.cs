using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parley.LossChecker.Clusters;

/// <summary>nginx in front of the nodes, with the configuration of the documentation, <c>docs/nginx.conf</c>.</summary>
internal sealed partial class Nginx : IDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GuardedProcess process;

    private Nginx(GuardedProcess process) => this.process = process;

    public int Port { get; private init; }

    /// <summary>Starts it before these nodes, and waits until it takes connections.</summary>
    /// <exception cref="IOException">nginx is not installed, or does not start.</exception>
    public static async Task<Nginx> StartAsync(
        Guard guard, string example, IReadOnlyList<(string Name, int Port)> nodes, CancellationToken cancel)
    {
        if (!File.Exists(Program)) throw new IOException($"There is no {Program}; install the package nginx-light.");
        var port = Ports.Free();
        var home = guard.Directory.CreateSubdirectory("nginx").FullName;
        var site = Path.Combine(home, "parley.conf");
        await File.WriteAllTextAsync(site, Fitted(await File.ReadAllTextAsync(example, cancel), port, nodes), cancel);
        var main = Path.Combine(home, "nginx.conf");
        await File.WriteAllTextAsync(main, Around(home, site), cancel);
        var nginx = new Nginx(new GuardedProcess(guard, Program, ["-p", home, "-e", "stderr", "-c", main])) { Port = port };
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience; await Task.Delay(50, cancel))
        {
            if (nginx.process.HasExited) break;
            if (await Ports.AnswersAsync(port, cancel)) return nginx;
        }
        nginx.Dispose();
        throw new IOException($"nginx does not start: {nginx.process.Output}");
    }

    /// <summary>The example with these nodes instead of its own, and without the lines of those that there are not.</summary>
    internal static string Fitted(string example, int port, IReadOnlyList<(string Name, int Port)> nodes)
    {
        var lines = new List<string>();
        var isSkipping = false;
        foreach (var line in example.Split('\n'))
        {
            var named = NodeName().Match(line);
            var isForeign = named.Success && nodes.All(node => node.Name != named.Groups[1].Value);
            if (!isSkipping && !isForeign)
            {
                var fitted = ListenPort().Replace(line, $"listen 127.0.0.1:{port}");
                lines.Add(named.Success ? NodeAddress().Replace(fitted, $"server 127.0.0.1:{PortOf(named)}") : fitted);
            }
            // an upstream of a node that there is not goes to its end
            isSkipping = isSkipping ? line.Trim() != "}" : isForeign && line.Contains('{', StringComparison.Ordinal);
        }
        return string.Join('\n', lines);

        int PortOf(Match named) => nodes.First(node => node.Name == named.Groups[1].Value).Port;
    }

    public void Dispose()
    {
        process.Send(Signal.Terminate);
        process.Dispose();
    }

    private static string Around(string home, string site) => $$"""
        daemon off;
        # one process, which leaves nobody behind when it is killed
        master_process off;
        pid {{home}}/pid;
        events { worker_connections 8192; }
        http {
            access_log off;
            error_log stderr crit;
            client_body_temp_path {{home}}/body;
            proxy_temp_path {{home}}/proxy;
            fastcgi_temp_path {{home}}/fastcgi;
            uwsgi_temp_path {{home}}/uwsgi;
            scgi_temp_path {{home}}/scgi;
            include {{site}};
        }
        """;

    [GeneratedRegex(@"# (n[0-9]+)$")]
    private static partial Regex NodeName();

    [GeneratedRegex(@"\bserver [0-9.]+:[0-9]+")]
    private static partial Regex NodeAddress();

    [GeneratedRegex(@"\blisten [0-9]+")]
    private static partial Regex ListenPort();
}
