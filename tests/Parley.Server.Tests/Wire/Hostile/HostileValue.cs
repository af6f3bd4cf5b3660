using System.Text.Json;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>How a value comes to the server.</summary>
internal enum Spelling
{
    Form,
    Json,
}

/// <summary>A value that nobody sends by mistake, in one spelling.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Wire">Its bytes as Latin-1; further fields may follow, <c>{name}</c> being the field's own name.</param>
/// <param name="Text">What it says; null where it says nothing and the request must be refused for it.</param>
internal sealed record HostileValue(string Name, string Wire, string? Text)
{
    private static readonly string[] Texts =
    [
        "", " ", "a\tb\r\nc", "a\0b", "\u0001\u001B[31mred\u007F\u0085", "\u202Egnp.exe\u2066a\u2069", "\u200B", "\uFEFFa",
        "a\u2028b",
        "<script>alert('x')</script><img src=x onerror=\"y\">&amp;", "{\"statusCode\":0,\"messages\":[", "\"", "\\", "null",
        "true",
        "NaN", "-1", "-2", "0", "0.5", "1e3", "99999999999999999999", "-2147483649", "0x10", "__proto__", "constructor.prototype",
        "'; DROP TABLE events; --", "${7*7}{{7*7}}%s%n", "../../etc/passwd", "x\r\nSet-Cookie: a=b", "\U0001F469\u200D\U0001F467",
        "Z\u0351\u036B\u0343a\u0363", "\uFFFD\uFFFE\uFFFF", "system", "_GCTI_GSS", "javascript:alert(1)", "{\"a\":\"\\ud800\"}",
        "{\"\\ud800\":1}", "{\"purpose\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "{\"a\":1}", "[1]", "{\"a\":1}x",
    ];

    /// <summary>Every hostile value for a parameter that takes so many characters.</summary>
    public static IEnumerable<HostileValue> For(int limit, Spelling spelling)
    {
        string[] lengths = [new('x', limit), new('x', limit + 1), new('\u20AC', limit)];
        var texts = Texts.Concat(lengths).Select(text => new HostileValue(
            NameOf(text), Spelled(text, spelling), spelling == Spelling.Form && text.Contains('\0') ? null : text));
        return [.. texts, new("a megabyte", Spelled(new string('x', 1 << 20), spelling), null), .. Raw(spelling)];
    }

    public static string Spelled(string text, Spelling spelling) =>
        spelling == Spelling.Form ? Uri.EscapeDataString(text) : JsonSerializer.Serialize(text);

    public bool IsArray => Name is "an array" or "an object in an array";

    private static string NameOf(string text) => text.Length < 60 ? JsonSerializer.Serialize(text) : $"{text.Length} x {text[0]}";

    private static HostileValue[] Raw(Spelling spelling) => spelling == Spelling.Form
        ?
        [
            new("overlong UTF-8", "%C0%AF", "%C0%AF"), new("a surrogate in UTF-8", "%ED%A0%80", "%ED%A0%80"),
            new("no UTF-8", "%FF", "%FF"),
            new("half a character", "a%E2%82", "a%E2%82"), new("raw bytes", "\u00FF\u00C0", "\uFFFD\uFFFD"),
            new("a percent sign", "%", "%"), new("no percent code", "%zz%2", "%zz%2"),
            new("a UTF-16 percent code", "%u0041", "%u0041"),
            new("twice", "a&{name}=b", "a,b"), new("only a name", "&{name}", ","),
        ]
        :
        [
            new("a number", "5", "5"), new("a huge number", "1e999", "1e999"), new("true", "true", "true"),
            new("null", "null", ""),
            new("an array", "[\"a\"]", null), new("an object in an array", "[{}]", null),
            new("twice", "\"a\",\"{name}\":\"b\"", "b"),
            new("a lone surrogate", "\"a\\ud800b\"", null), new("surrogates the wrong way", "\"\\udc00\\ud800\"", null),
            new("overlong UTF-8", "\"\u00C0\u00AF\"", null), new("a surrogate in UTF-8", "\"\u00ED\u00A0\u0080\"", null),
            new("NaN", "NaN", null), new("other quotes", "'a'", null), new("no end", "\"a", null),
            new("a raw NUL", "\"a\0b\"", null),
            new("a deep array", new string('[', 1_000) + new string(']', 1_000), null), new("a comment", "\"a\"/**/", null),
        ];
}
