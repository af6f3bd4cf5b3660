using System.Text;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>Bodies that are wrong as a whole, and media types that say something else than what comes.</summary>
public sealed class HostileBodyTests(HostileDesk desk) : IClassFixture<HostileDesk>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";
    private const string Multipart = "multipart/form-data; boundary=x";
    private const string Part = "--x\r\nContent-Disposition: form-data; name=\"{0}\"\r\n\r\n{1}\r\n";

    /// <summary>Media type, body, whether it is taken: a message that says <c>hello</c>.</summary>
    private static readonly (string? MediaType, string Body, bool IsTaken)[] Bodies =
    [
        ("text/plain", "secureKey={key}&message=hello", false), ("text/html", "<html>", false), ("image/png", "\u0089PNG", false),
        (null, "secureKey={key}&message=hello", false),
        ("application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>", false),
        (Form, "secureKey={key}&message=hello", true), ($"{Form}; charset=nonsense", "secureKey={key}&message=hello", true),
        ($"{Form}; charset=utf-7", "secureKey={key}&message=hello", false), (Form, "&&&=&secureKey={key}&message=hello&", true),
        (Form, "{\"secureKey\":\"{key}\",\"message\":\"hello\"}", true), (Json, "secureKey={key}&message=hello", false),
        (Json, "\u00EF\u00BB\u00BF{\"secureKey\":\"{key}\",\"message\":\"hello\"}", true), (Json, "", false),
        (Json, "null", false), (Json, "[]", false),
        (Json, "\"x\"", false), (Json, "{", false), (Json, "{}{}", false), (Json, "{\0\"\0", false), (Form, "", false),
        (Form, "=", false),
        ("multipart/form-data", "--x", false), ($"multipart/form-data; boundary={new string('x', 200)}", "", false),
        (Multipart, "--x", false),
        ("multipart/form-data; boundary=\"\"", "--", false),
        ("multipart/mixed; boundary=x", Parts("secureKey", "{key}", "message", "hello"), false),
        (Multipart, Parts("secureKey", "{key}", "message", "hello"), true),
        (Multipart, Parts("secureKey", "{key}", "message", "hello")[..^9], false),
        (Form, $"secureKey={{key}}&message=hello{Many("&k=1")}", false),
        (Form, $"secureKey={{key}}&message=hello&{Megabyte}=1", false),
        (Form, $"secureKey={{key}}&message=hello&{new string('k', 3_000)}=1", false), (Multipart, $"{Many(Part)}--x--", false),
        (Json, $$"""{"secureKey":"{key}"{{Many(",\"\":1")}},"message":"hello"}""", false),
        (Json, $$"""{"secureKey":"{key}","message":"hello","{{Megabyte}}":1}""", false),
        (Json, $$"""{"secureKey":"{key}","message":"hello","{{new string('k', 3_000)}}":1}""", true),
        (Json, """{"secureKey":"{key}","message":"hello","\ud800":1}""", false),
        (Json, """{"secureKey":"{key}","message":"hello","userData":[1]}""", false),
        (Json, """{"secureKey":"{key}","message":"hello","userData":"x"}""", false),
        (Json, """{"secureKey":"{key}","message":"hello","userData":null,"__proto__":{"admin":true}}""", true),
        (Json, $$"""{"secureKey":"{key}","message":"hello","userData":{{Deep("{\"a\":", "1", "}")}}}""", false),
    ];

    /// <summary>What is beside the key in a request for new user data.</summary>
    private static readonly (string Fields, bool IsTaken)[] Data =
    [
        ("userData[__proto__]=a", true), ("userData[constructor][prototype]=a", true), ("userData[]=a", false),
        ($"userData[{new string('k', 64)}]=a", true), ($"userData[{new string('k', 65)}]=a", false), ("userData=a", true),
        ($"userData{Deep("[a]", "", "")}=a", false), ("userData[<script>]=<script>", true), ("userData[%E2%80%AE%00]=a", false),
        (string.Concat(Enumerable.Range(0, 65).Select(i => $"&userData[k{i}]=v")), false),
        (string.Concat(Enumerable.Range(0, 9).Select(i => $"&userData[k{i}]={new string('v', 2_000)}")), false), ("", true),
        ("userData[Priority]=99", true), ("userData[GCTI_System]=x", true),
    ];

    private static string Megabyte => new('k', 1 << 20);

    [Fact]
    public async Task Over_rest()
    {
        await using var line = await GmsLine.Open(desk);
        await line.Move("the beginning");
        foreach (var (mediaType, body, isTaken) in Bodies)
            await line.Try(Name(mediaType, body), isTaken ? Verdict.Shown("hello") : Verdict.Refused,
                () => line.Post("send", Fill(body, line), mediaType));
        await line.GoesOn("all of them");
    }

    [Fact]
    public async Task User_data_over_rest()
    {
        await using var line = await GmsLine.Open(desk);
        await line.Move("the beginning");
        foreach (var (fields, isTaken) in Data)
            await line.Try(Name(Form, fields), isTaken ? Verdict.Taken : Verdict.Refused,
                () => line.Post("updateData", $"secureKey={line.Key}&{fields}", Form));
        await line.GoesOn("all of them");
    }

    [Fact]
    public async Task An_upload_is_no_file_in_whatever_else_comes()
    {
        await using var line = await GmsLine.Open(desk);
        await line.Move("the beginning");
        foreach (var (mediaType, body, _) in Bodies)
            await line.Try(Name(mediaType, body), Verdict.Refused, () => line.Post("file", Fill(body, line), mediaType));
        await line.GoesOn("all of them");
    }

    [Fact]
    public async Task Over_customer_chat_whatever_the_media_type_says()
    {
        await using var line = await GwsLine.Open(desk);
        await line.Move("the beginning");
        foreach (var (_, body, isJson) in Bodies.Where(b => b.MediaType == Json))
            foreach (var mediaType in (string?[])[Json, Form, "text/html", null])
                await line.Try(
                    Name(mediaType, body), isJson ? Verdict.Shown("hello") : Verdict.Refused,
                    () => line.Post(AsSaying(body), mediaType));
        await line.GoesOn("all of them");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task No_chat_begins_with_a_body_that_is_no_form_whether_it_says_how_long_it_is_or_not(string? mediaType)
    {
        var before = await desk.Stored();
        foreach (var isChunked in (bool[])[true, false])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/genesys/2/chat/strangers")
            {
                Content = HostileLine.Content("nickname=Ada", mediaType),
                Headers = { TransferEncodingChunked = isChunked },
            };
            Assert.False((await Reply.OfGms(await desk.Http.SendAsync(request))).IsDone);
        }
        Assert.Equal(before, await desk.Stored());
    }

    private static string Fill(string body, GmsLine line) => body.Replace("{key}", line.Key, StringComparison.Ordinal);

    private static string AsSaying(string body) =>
        body.Replace("\"message\":", "\"operationName\":\"SendMessage\",\"text\":", StringComparison.Ordinal);

    private static string Name(string? mediaType, string body) => $"{mediaType}: {body[..Math.Min(body.Length, 80)]}";

    private static string Many(string what) => string.Concat(Enumerable.Repeat(what, 10_000));

    private static string Deep(string open, string middle, string close) =>
        $"{string.Concat(Enumerable.Repeat(open, 1_000))}{middle}{string.Concat(Enumerable.Repeat(close, 1_000))}";

    private static string Parts(params string[] fields) => string.Concat(
        fields.Chunk(2).Select(f => string.Format(null, CompositeFormat.Parse(Part), f[0], f[1]))) + "--x--\r\n";
}
