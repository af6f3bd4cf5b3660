using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Provisioning;

namespace Parley.Server.Customers;

/// <summary>What customers do in a chat of GMS Chat, read from the fields of a request.</summary>
/// <remarks>Source: "ChatAPIv2", "ChatAPIv2CometD".</remarks>
internal sealed class GmsOperations(Reception reception, CustomersOptions options)
{
    private const string CancelIdleTimer = "cancel-idle-timer";

    /// <summary>The operation of a name, what is wrong with it, or neither: there is nothing to be done.</summary>
    /// <param name="name">As REST spells it; CometD has the same names but for <c>sendMessage</c>.</param>
    public (CustomerOperation? Operation, DoorError? Wrong) Read(string name, Chat chat, DoorFields fields) => name switch
    {
        "send" or "sendMessage" => Send(fields),
        "startTyping" => (new CustomerType(Typing.Started, reception.PreviewOf(chat, fields["message"])), null),
        "stopTyping" => (new CustomerType(Typing.Stopped), null),
        "customNotice" => Signal(fields),
        "updateData" => UpdateData(fields),
        "updateNickname" => Rename(fields),
        "pushUrl" => PushUrl(fields),
        "readReceipt" => Read(fields),
        _ => (null, DoorError.NotOffered),
    };

    /// <summary>
    /// What tells a request from others that were given the same idempotency key, whichever door they came through.
    /// </summary>
    public static string ContentOf(string operation, DoorFields fields) => string.Join(
        '\0',
        [
            operation == "sendMessage" ? "send" : operation, fields["messageType"], fields["message"], fields["eventAttributes"],
            fields["nickname"], fields["pushUrl"], .. fields.UserData.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d}"),
        ]);

    /// <summary>What a poll says of the input box, where the service shows it and it has changed; null for nothing.</summary>
    public CustomerOperation? Glimpse(Chat chat, DoorFields fields)
    {
        if (reception.PreviewOf(chat, fields["message"]) is not { } preview || !chat.CustomerPresent) return null;
        var last = chat.Transcript.LatestOf(e => e.From.Kind == PartyKind.Customer);
        return last is { Kind: EntryKind.TypingStarted } && last.Text == preview
            ? null
            : new CustomerType(Typing.Started, preview);
    }

    private (CustomerOperation?, DoorError?) Send(DoorFields fields)
    {
        if (fields["message"] is not { } text) return (null, DoorError.MessageEmpty);
        if (text.Length > options.MaxMessageLength) return (null, DoorError.MessageTooLong(options.MaxMessageLength));
        if (fields["messageType"]?.Length > options.MaxNameLength)
            return (null, DoorError.TooLong("messageType", options.MaxNameLength));
        return Attributes(fields, out var attributes) is { } wrong
            ? (null, wrong)
            : (new CustomerSend(text, fields["messageType"], attributes), null);
    }

    private (CustomerOperation?, DoorError?) Signal(DoorFields fields)
    {
        if (Attributes(fields, out var attributes) is { } wrong) return (null, wrong);
        if (attributes is not null && StructuredContent.PurposeOf(attributes) == CancelIdleTimer)
            return (new CancelIdleTimer(), null);
        var text = fields["message"] ?? "";
        return text.Length > options.MaxMessageLength
            ? (null, DoorError.MessageTooLong(options.MaxMessageLength))
            : (new CustomerSignal(text, attributes), null);
    }

    private (CustomerOperation?, DoorError?) UpdateData(DoorFields fields)
    {
        var (data, wrong) = Introduction.DataFrom(fields, options);
        return data is null ? (null, wrong) : (new CustomerUpdateData(data), null);
    }

    private (CustomerOperation?, DoorError?) Rename(DoorFields fields)
    {
        var (name, wrong) = Introduction.NameFrom(fields, options);
        return name is null ? (null, wrong) : (new CustomerRename(name), null);
    }

    private (CustomerOperation?, DoorError?) PushUrl(DoorFields fields)
    {
        var url = fields["pushUrl"] ?? "";
        if (url.Length > options.MaxUrlLength) return (null, DoorError.TooLong("pushUrl", options.MaxUrlLength));
        return WebAddress.IsForBrowsers(url)
            ? (new CustomerPushUrl(url), null)
            : (null, DoorError.Malformed("pushUrl is not a web address.", "Send an absolute http or https address."));
    }

    private static (CustomerOperation?, DoorError?) Read(DoorFields fields) =>
        int.TryParse(fields["transcriptPosition"], out var position) && position >= 0
            ? (new CustomerReads(position), null)
            : (null, DoorError.Malformed("transcriptPosition is not a position.", "Send the index of the last event read."));

    private DoorError? Attributes(DoorFields fields, out string? attributes)
    {
        attributes = fields["eventAttributes"];
        if (attributes is null) return null;
        if (attributes.Length > options.MaxAttributesLength)
            return DoorError.TooLong("eventAttributes", options.MaxAttributesLength);
        return StructuredContent.IsWellFormed(attributes)
            ? null
            : DoorError.Malformed(
                "eventAttributes is not a JSON object.",
                $"Send an object of Unicode texts, nested at most {StructuredContent.MaxDepth} levels, or none.");
    }
}
