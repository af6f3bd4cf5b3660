using System.Runtime.Versioning;

// signals, a POSIX shell, and the paths of Debian's packages
[assembly: SupportedOSPlatform("linux")]
