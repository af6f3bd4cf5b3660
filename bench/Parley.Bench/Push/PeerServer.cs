using System.Net;

namespace Parley.Bench.Push;

/// <summary>A server under test: a child process on a free loopback port, which obeys its standard input.</summary>
internal sealed class PeerServer : IDisposable
{
    private const string DotNetServers = "bench/Parley.Bench.Servers/bin/Release/net10.0/Parley.Bench.Servers.dll";

    private readonly ChildProcess process;

    private PeerServer(ChildProcess process, IPEndPoint address) => (this.process, Address) = (process, address);

    public IPEndPoint Address { get; }

    public int Pid => process.Pid;

    /// <summary>Starts a server by its name and waits until it listens.</summary>
    /// <exception cref="IOException">There is no server to start, or it does not start.</exception>
    public static PeerServer Start(string name)
    {
        var address = new IPEndPoint(IPAddress.Loopback, ChildProcess.FreePort());
        var url = $"http://{address}";
        var process = name switch
        {
            Contestant.Ceiling or Contestant.Ours => new ChildProcess("dotnet", DotNet(name, url)),
            // set as Parley.Server has it
            Contestant.PollCeiling => new ChildProcess(
                "dotnet", DotNet(name, url), ("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0")),
            Contestant.CometD => Node("cometd-nodejs-server.js", url),
            _ => Node(name + ".js", url),
        };
        var server = new PeerServer(process, address);
        try
        {
            server.Expect("ready");
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Has the server collect all its garbage and give back what memory it can.</summary>
    public void CollectGarbage()
    {
        process.Input.WriteLine("collect");
        Expect("collected");
    }

    public void Dispose() => process.Dispose();

    private void Expect(string answer)
    {
        if (process.Output.ReadLine() != answer) throw new IOException("a server ended: " + process.Errors());
    }

    private static string[] DotNet(string name, string url) =>
        ["exec", Built(DotNetServers, "dotnet build -c Release bench/Parley.Bench.Servers"), name, url];

    private static ChildProcess Node(string script, string url)
    {
        Built("bench/peers/node_modules/faye/package.json", "npm ci in bench/peers");
        return new ChildProcess("node", ["--expose-gc", Built("bench/peers/" + script, ""), url]);
    }

    private static string Built(string path, string how)
    {
        var whole = ChildProcess.FindAbove(path);
        return File.Exists(whole) ? whole : throw new IOException($"{path} does not exist; {how}");
    }
}
