using System.Text.Json;
using Parley.Bayeux;
using Parley.Chats.Operations;
using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>
/// <c>{"channel":"/meta/disconnect","ext":{"transcriptPosition":"14"}}</c>: an app goes to the background, stays in the chat, and
/// says up to where it has read.
/// </summary>
internal sealed class GmsFarewell(GmsBindings bindings, ChatHost chats) : BayeuxExtension
{
    protected override async ValueTask<bool> Incoming(BayeuxMessage message)
    {
        if (message is { Channel: "/meta/disconnect", Session: { } session }
            && bindings.ChatOf(session) is { } chat && PositionIn(message.Ext) is { } position)
            await chats.Execute(chat, new CustomerReads(position));
        return true;
    }

    private static int? PositionIn(ReadOnlyMemory<byte> ext)
    {
        if (ext.IsEmpty) return null;
        using var document = JsonDocument.Parse(ext);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("transcriptPosition", out var sent)) return null;
        return int.TryParse(sent.GetRawText().Trim('"'), out var position) && position > 0 ? position : null;
    }
}
