using System.Diagnostics;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>A client under Node, in a process of its own.</summary>
internal sealed class NodeClient : LibraryClient
{
    private readonly Process process;

    private NodeClient(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear("stderr " + e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static async Task<NodeClient> Run(ClientSettings settings) =>
        new(await ClientPackages.Run(settings.TrustedCertificate, "node.js", settings.ToString()));

    public override async Task Ends()
    {
        Tell("end");
        using var patience = new CancellationTokenSource(TestHost.Patience);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
    }

    public override ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override void Send(string command) => process.StandardInput.WriteLine(command);
}
