namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>What each door reads in a running chat: every operation with every parameter.</summary>
internal static class HostileTables
{
    private const string Position = "transcriptPosition";
    private const string Data = "userData[k]";

    private static readonly (string, string) Message = ("message", "hello");

    /// <summary>Door B.</summary>
    public static readonly HostileParameter[] Gms =
    [
        new("send", "message", 4_096, Verdict.Text(4_096)),
        new("send", "messageType", 64, Verdict.Optional(64, text => new(true, text)), Message),
        new("send", "eventAttributes", 8_192, Attributes, Message),
        new("send", Position, 9, Verdict.Number(-1), Message),
        new("send", "secureKey", 32, _ => Verdict.Refused, Message),
        new("send", "alias", 32, _ => Verdict.Taken, Message),
        new("send", "userId", 32, _ => Verdict.Taken, Message),
        new("refresh", "message", 4_096, Verdict.Preview),
        new("refresh", Position, 9, Verdict.Number(-1)),
        new("refresh", "secureKey", 32, _ => Verdict.Refused),
        new("startTyping", "message", 4_096, Verdict.Preview),
        new("startTyping", Position, 9, Verdict.Number(-1)),
        new("stopTyping", "message", 4_096, _ => Verdict.Taken),
        new("stopTyping", Position, 9, Verdict.Number(-1)),
        new("customNotice", "message", 4_096, Verdict.Optional(4_096, Verdict.Shown)),
        new("customNotice", "eventAttributes", 8_192, Attributes),
        new("updateData", Data, 2_048, UserData),
        new("updateNickname", "nickname", 64, Nickname),
        new("pushUrl", "pushUrl", 2_048, _ => Verdict.Refused),
        new("readReceipt", Position, 9, Verdict.Number(0, isRequired: true)),
        new("disconnect", "secureKey", 32, _ => Verdict.Refused),
        new("file/limits", "secureKey", 32, _ => Verdict.Refused),
        new("file/limits", "alias", 32, _ => Verdict.Taken),
        new("file/none/delete", Position, 9, _ => Verdict.Refused),
        new("file/none/download", "secureKey", 32, _ => Verdict.Refused),
        new("file", "secureKey", 32, _ => Verdict.Refused),
    ];

    /// <summary>Door A.</summary>
    public static readonly HostileParameter[] Gws =
    [
        new("SendMessage", "text", 4_096, Verdict.Text(4_096)),
        new("SendMessage", "operationName", 32, _ => Verdict.Refused, ("text", "hello")),
        new("SendStartTypingNotification", "text", 4_096, Verdict.Preview),
        new("SendStopTypingNotification", "text", 4_096, _ => Verdict.Taken),
        new("Complete", "operationName", 32, _ => Verdict.Refused),
    ];

    /// <summary>Door C.</summary>
    public static readonly HostileParameter[] Cometd =
    [
        new("sendMessage", "message", 4_096, Verdict.Text(4_096)),
        new("sendMessage", "messageType", 64, Verdict.Optional(64, text => new(true, text)), Message),
        new("sendMessage", "eventAttributes", 8_192, Attributes, Message),
        new("sendMessage", "operation", 32, _ => Verdict.Refused, Message),
        new("sendMessage", "secureKey", 32, _ => Verdict.Refused, Message),
        new("sendMessage", "chatId", 16, text => text.Length == 0 ? Verdict.Taken : Verdict.Refused, Message),
        new("startTyping", "message", 4_096, Verdict.Preview),
        new("stopTyping", "message", 4_096, _ => Verdict.Taken),
        new("customNotice", "message", 4_096, Verdict.Optional(4_096, Verdict.Shown)),
        new("customNotice", "eventAttributes", 8_192, Attributes),
        new("updateData", Data, 2_048, UserData),
        new("requestNotifications", Data, 2_048, UserData),
        new("requestNotifications", Position, 9, Verdict.Number(-1)),
        new("updateNickname", "nickname", 64, Nickname),
        new("pushUrl", "pushUrl", 2_048, _ => Verdict.Refused),
        new("readReceipt", Position, 9, Verdict.Number(0, isRequired: true)),
        new("refresh", Position, 9, Verdict.Number(-1)),
    ];

    private static Verdict UserData(string text) => text.Length > 2_048 ? Verdict.Refused : Verdict.ShownToAgents(text);

    private static Verdict Attributes(string text) => text switch
    {
        "" => Verdict.Taken,
        "{\"a\":1}" => Verdict.Shown(text),
        _ => Verdict.Refused,
    };

    private static Verdict Nickname(string text)
    {
        var name = Verdict.Name(text);
        return name.Length is 0 or > 64 || Verdict.IsReserved(name) ? Verdict.Refused : Verdict.Shown(name);
    }
}
