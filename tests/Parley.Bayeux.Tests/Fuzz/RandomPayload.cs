using System.Text;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>Payloads grown from the grammar of JSON and the words of Bayeux, mostly well-formed, then perhaps damaged.</summary>
internal sealed class RandomPayload(Random random)
{
    private static readonly string[] Members =
    [
        "channel", "clientId", "id", "data", "advice", "subscription", "supportedConnectionTypes", "ext", "timestamp", "version",
    ];

    private static readonly string[] Inner = ["timeout", "interval", "ack", "timesync", "tc", "binary", "x"];

    private static readonly string[] Texts =
    [
        "/meta/connect", "/meta/subscribe", "/meta/handshake", "/meta/handshake", "/a", "/a/b", "/**", "", "1",
        "é\u2028😀", "\0\t\n", "long-polling",
    ];

    private static readonly string[] Numbers =
        ["0", "-0", "1", "25000", "-1", "1.5", "1e3", "1E-7", "1e999", "-1e999", "2147483648", "9007199254740993"];

    private static readonly string[] NoValues = ["01", "+1", ".5", "1.", "-", "NaN", "tru", "NULL", "'a'", "undefined", ""];

    private static readonly byte[][] Damage =
    [
        [0xEF, 0xBB, 0xBF], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0x80], [0],
        "\\ud800"u8.ToArray(), "\\u00"u8.ToArray(), "{\"channel\":"u8.ToArray(), "]"u8.ToArray(),
        "}"u8.ToArray(), "[["u8.ToArray(), ","u8.ToArray(),
        "//"u8.ToArray(), "/**/"u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(),
    ];

    private static readonly string[] Ends =
        ["\\ud800", "\\udc00", "\\ud83d\\ude00", "\\udc00\\ud800", "\\u0000", "\\x", "\n"];

    private readonly StringBuilder json = new();

    public byte[] Next()
    {
        json.Clear();
        Payload();
        var bytes = Encoding.UTF8.GetBytes(json.ToString()).ToList();
        for (var times = random.Next(4) == 0 ? random.Next(1, 4) : 0; times > 0 && bytes.Count > 0; times--) Harm(bytes);
        return [.. bytes];
    }

    private void Payload()
    {
        switch (random.Next(1000))
        {
            case < 30:
                Value(0);
                break;
            case < 40:
                Many(random.Next(250, 262), () => json.Append("{}"), '[', ']'); // as many messages as allowed
                break;
            case 40:
                Message(members: random.Next(1000, 10_000));
                break;
            case < 300:
                Message();
                break;
            default:
                Many(random.Next(5), () => Message(), '[', ']');
                break;
        }
        Space();
    }

    private void Message(int? members = null) => Many(members ?? random.Next(8), () =>
    {
        Text(random.Next(12) == 0 ? random.OneOf(Inner) : random.OneOf(Members));
        Space();
        json.Append(':');
        Value(2);
    }, '{', '}');

    private void Value(int depth)
    {
        Space();
        switch (random.Next(11))
        {
            case 0:
                json.Append(random.Next(30) == 0 ? random.OneOf(NoValues) : random.OneOf("null", "true", "false"));
                break;
            case 1:
                json.Append(random.OneOf(Numbers));
                break;
            case 2:
                json.Append("123456789", 0, random.Next(1, 10)).Append('7', random.OfAnyMagnitude(1, 400));
                break;
            case 3 when random.Next(20) == 0:
                Nested(random.Next(55, 70) - depth);
                break;
            case 4 when depth < 8:
                Many(random.Next(4), () => Value(depth + 1), '[', ']');
                break;
            case 5 or 6 when depth < 8:
                Many(random.Next(4), () => Member(depth), '{', '}');
                break;
            case 7 when random.Next(20) == 0:
                Text(new string('q', random.OfAnyMagnitude(1, 20_000)));
                break;
            default:
                Text(random.OneOf(Texts));
                break;
        }
        Space();
    }

    private void Member(int depth)
    {
        Text(random.OneOf(Inner));
        json.Append(':');
        Value(depth + 1);
    }

    // just below and just above the depth that is read
    private void Nested(int levels)
    {
        var open = random.Next(2) == 0 ? "[" : "{\"a\":";
        for (var i = 0; i < levels; i++) json.Append(open);
        json.Append(open == "[" ? "" : "0");
        json.Append(open == "[" ? ']' : '}', Math.Max(0, levels));
    }

    private void Many(int count, Action one, char open, char close)
    {
        json.Append(open);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) json.Append(random.Next(1000) == 0 ? ",," : ",");
            Space();
            one();
        }
        if (random.Next(1000) == 0) json.Append(',');
        Space();
        json.Append(close);
    }

    /// <summary>A text in which any character may be escaped, and half of a surrogate pair may stand.</summary>
    private void Text(string text)
    {
        var escapes = random.Next(4) == 0;
        json.Append('"');
        foreach (var c in text)
        {
            if (c < ' ' || (escapes && random.Next(2) == 0)) json.Append(random.OneOf($"\\u{(int)c:x4}", $"\\u{(int)c:X4}"));
            else if (c == '/' && escapes) json.Append("\\/");
            else json.Append(c);
        }
        if (random.Next(60) == 0) json.Append(random.OneOf<string>(Ends));
        json.Append('"');
    }

    private void Space()
    {
        if (random.Next(10) == 0) json.Append(random.OneOf(" ", "\t", "\r\n", "  "));
    }

    private void Harm(List<byte> bytes)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.OfAnyMagnitude(1, 100), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.OfAnyMagnitude(1, 100), bytes.Count - at)));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(random.Next(3) == 0 ? 0 : at, random.OneOf(Damage));
                break;
        }
    }
}
