namespace Parley.Bayeux.Tests.Clients;

/// <summary>A client in a page of Chromium, with cookies and storage of its own.</summary>
internal sealed class PageClient : LibraryClient
{
    private readonly Chromium chromium;
    private readonly int number;

    private PageClient(Chromium chromium)
    {
        this.chromium = chromium;
        number = chromium.Add(Hear);
    }

    public static async Task<PageClient> Open(ClientSettings settings)
    {
        var client = new PageClient(await Chromium.Instance.Value);
        client.chromium.Send(client.number, $"\"open\",{settings}");
        return client;
    }

    /// <summary>A page never ends by itself; what it holds is the browser's.</summary>
    public override Task Ends() => Task.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        chromium.Send(number, "\"close\"");
        chromium.Remove(number);
        return ValueTask.CompletedTask;
    }

    protected override void Send(string command) => chromium.Send(number, command[1..^1]);
}
