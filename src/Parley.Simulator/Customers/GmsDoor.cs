using System.Globalization;
using Parley.Client;

namespace Parley.Simulator.Customers;

/// <summary>GMS Chat over REST, <c>/genesys/2/chat/{service}</c>.</summary>
internal sealed class GmsDoor(Shift shift, HttpWire wire, Hearing hearing) : PollingDoor(shift, wire, hearing)
{
    private readonly string root = $"/genesys/2/chat/{shift.Options.Service}";
    private GmsKeys keys = new("", "");

    public override async Task<Reply> BeginAsync(string nickname)
    {
        var reply = await Wire.PostFormAsync(root, [KeyValuePair.Create("nickname", nickname)], null, CancellationToken.None);
        if (reply.Fate == Fate.Acknowledged) keys = GmsKeys.Of(reply.Body);
        return reply;
    }

    public override Task<Reply> SendAsync(string text, string key) =>
        DoAsync("send", key, ("message", text), ("messageType", "text"));

    public override Task<Reply> StartTypingAsync() => DoAsync("startTyping");

    public override Task<Reply> StopTypingAsync() => DoAsync("stopTyping");

    protected override Task<Reply> SayGoodbyeAsync() => DoAsync("disconnect");

    protected override async Task<Reply> PollAsync()
    {
        var position = (Hearing.LastIndex + 1).ToString(CultureInfo.InvariantCulture);
        var reply = await DoAsync("refresh", null, ("transcriptPosition", position));
        if (reply.Fate != Fate.Unknown) GmsWords.Tell(reply.Body, Hearing);
        return reply;
    }

    private Task<Reply> DoAsync(string operation, string? key = null, params (string Name, string Value)[] fields) =>
        Wire.PostFormAsync(
            $"{root}/{keys.ChatId}/{operation}",
            fields.Append(("secureKey", keys.SecureKey)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)),
            key, CancellationToken.None);
}
