namespace Parley.Server.Tests.Durability;

/// <summary>A customer at door B of whose one chat everything is noted: what was sent, and what became of it.</summary>
internal sealed class TalkingCustomer : IDisposable
{
    private const string Door = "/genesys/2/chat/customer-support";
    private const int MostUntilRefused = 5_000;

    private readonly WireClient wire;
    private readonly ChatRecord chat;

    private TalkingCustomer(WireClient wire, ChatRecord chat) => (this.wire, this.chat) = (wire, chat);

    public int Said => chat.Texts().Count;

    public int Acknowledged => chat.Texts().Count(text => text.Fate == Fate.Acknowledged);

    public static async Task<TalkingCustomer> BeginAsync(Uri server, CancellationToken cancel)
    {
        var wire = new WireClient(server);
        var created = await AskAsync(wire, cancel);
        return new TalkingCustomer(wire, new ChatRecord(created.Body.GetProperty("chatId").GetString()!)
        {
            SecureKey = created.Body.GetProperty("secureKey").GetString(),
        });
    }

    /// <summary>Asks for a chat; the answer, whatever it is.</summary>
    public static Task<Reply> AskAsync(WireClient wire, CancellationToken cancel) =>
        wire.PostFormAsync(Door, new Dictionary<string, string> { ["nickname"] = "Ada", ["subject"] = "Parcel" }, null, cancel);

    /// <summary>Says something.</summary>
    /// <param name="length">About how many characters.</param>
    public async Task<Reply> SayAsync(int length, CancellationToken cancel)
    {
        var text = chat.AddSent("customer", $"{Said} {new string('.', length)}");
        var form = new Dictionary<string, string> { ["secureKey"] = chat.SecureKey!, ["message"] = text.Text };
        var reply = await wire.PostFormAsync($"{Door}/{chat.Id}/send", form, null, cancel);
        text.Fate = reply.Fate;
        return reply;
    }

    /// <summary>Says something that must be acknowledged.</summary>
    public async Task MustSayAsync(int length, CancellationToken cancel) =>
        Assert.Equal(Fate.Acknowledged, (await SayAsync(length, cancel)).Fate);

    /// <summary>Says more and more; the first answer that was no success.</summary>
    public async Task<Reply> SayUntilRefusedAsync(int length, CancellationToken cancel)
    {
        for (var i = 0; i < MostUntilRefused; i++)
        {
            var reply = await SayAsync(length, cancel);
            if (reply.Fate != Fate.Acknowledged) return reply;
        }
        throw new InvalidOperationException("It was never refused.");
    }

    /// <summary>The customer is served, and everything that was acknowledged is there, once, in order.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        var told = await CustomerView.ReadAsync(wire, chat, cancel);
        Assert.NotNull(told);
        Assert.Empty(StoryChecker.Faults(chat, told));
    }

    public void Dispose() => wire.Dispose();
}
