using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>An independent client of an npm package: it is told what to do, and says in lines what happens to it.</summary>
/// <remarks>
/// Lines: <c>handshake true retry ack</c>, <c>connect true websocket</c> (only when it changes), <c>subscribe true /a</c>,
/// <c>unsubscribe true /a</c>, <c>publish false /a ERROR</c>, <c>event /a DATA</c>, <c>disconnect true</c>.
/// </remarks>
public abstract class LibraryClient : IAsyncDisposable
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly List<string> heard = [];

    public static async Task<LibraryClient> Start(ClientSettings settings) =>
        settings.InChromium ? await PageClient.Open(settings) : await NodeClient.Run(settings);

    /// <summary>Has it do something: <c>Tell("publish", "/a", 1)</c>.</summary>
    public void Tell(params object[] command) => Send(JsonSerializer.Serialize(command));

    /// <summary>Waits for a line that starts so; lines of another kind before it are passed over.</summary>
    public async Task<string> Hears(string start)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        try
        {
            while (true)
            {
                var line = await lines.Reader.ReadAsync(patience.Token);
                heard.Add(line);
                if (line.StartsWith(start, StringComparison.Ordinal)) return line;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"Waited for '{start}' and heard:\n" + string.Join('\n', heard), e);
        }
    }

    /// <summary>Waits for these events of a channel; each is the next one it hears, so none is lost and none doubled.</summary>
    public async Task HearsEvents(string channel, params object?[] data)
    {
        foreach (var one in data)
        {
            var words = (await Hears("event")).Split(' ', 3);
            Assert.Equal(channel, words[1]);
            Assert.Equal(JsonSerializer.Serialize(one), JsonNode.Parse(words[2])?.ToJsonString() ?? "null");
        }
    }

    /// <summary>Every line that starts so, of those heard up to now.</summary>
    public int TimesHeard(string start) => heard.Count(line => line.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Waits until it has nothing left to do and holds no connection any more.</summary>
    public abstract Task Ends();

    public abstract ValueTask DisposeAsync();

    protected abstract void Send(string command);

    /// <summary>Takes a line in; null if it will never say anything again.</summary>
    protected void Hear(string? line)
    {
        if (line is null) lines.Writer.TryComplete();
        else lines.Writer.TryWrite(line);
    }
}
