namespace Parley.Bench;

/// <summary>Bayeux over HTTP posts; a held connect is one of them.</summary>
internal sealed class BayeuxLongPolling(Wire wire, Credentials who) : IBayeuxTransport
{
    private readonly Uri endpoint = wire.At(BayeuxClient.Path);
    private PayloadReader read = _ => { };

    public string Name => "long-polling";

    public Task OpenAsync(PayloadReader read, CancellationToken cancel)
    {
        this.read = read;
        return Task.CompletedTask;
    }

    public async Task SendAsync(byte[] payload, CancellationToken cancel)
    {
        var answer = await wire.PostAsync(endpoint, payload, Wire.Json, who, cancel);
        if (answer.Status != 200) throw new IOException($"HTTP {answer.Status} on {BayeuxClient.Path}");
        read(answer.Body);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
