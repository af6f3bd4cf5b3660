using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Parley.Bench;

/// <summary>A process of the run's own; it ends with this object.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly Task<string> errors;

    public ChildProcess(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var how = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        how.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in environment) how.Environment[name] = value;
        process = Process.Start(how) ?? throw new IOException($"{program} does not start");
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    public StreamWriter Input => process.StandardInput;

    public StreamReader Output => process.StandardOutput;

    /// <summary>What it wrote to standard error until it ended.</summary>
    public string Errors() => errors.Wait(StopPatience) ? errors.Result.Trim() : "";

    /// <summary>Ends it at once.</summary>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit(StopPatience);
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A file of this repository, looked for from the program's own folder upwards.</summary>
    public static string FindAbove(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, path) is var file && File.Exists(file)) return file;
        return Path.GetFullPath(path);
    }
}
