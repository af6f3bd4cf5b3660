using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Files;

/// <summary>A customer who sends files, with a chat of its own.</summary>
public sealed class FileCustomer : IDisposable
{
    public static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, .. "a picture"u8];

    private FileCustomer(HttpClient http, string service, JsonObject created) =>
        (Http, Service, ChatId, Key) = (http, service, $"{created["chatId"]}", $"{created["secureKey"]}");

    public HttpClient Http { get; }

    public string Service { get; }

    public string ChatId { get; }

    public string Key { get; }

    public string Root => $"/genesys/2/chat/{Service}/{ChatId}";

    public static async Task<FileCustomer> Ask(Uri server, string service)
    {
        var http = new HttpClient { BaseAddress = server, Timeout = Eventually.Patience };
        var created = await DoorAnswer.Post(
            http, $"/genesys/2/chat/{service}", [KeyValuePair.Create("nickname", "Ada")]);
        return new FileCustomer(http, service, created.Succeeded().Body);
    }

    /// <summary>Another connection of the same customer, to a server that was started again.</summary>
    public FileCustomer At(Uri server) => new(
        new HttpClient { BaseAddress = server, Timeout = Eventually.Patience }, Service,
        new JsonObject { ["chatId"] = ChatId, ["secureKey"] = Key });

    /// <summary>Content of a size that is taken for a picture, each letter another one.</summary>
    public static byte[] Picture(int size, char letter = 'a') =>
        [.. Png, .. Enumerable.Repeat((byte)letter, size - Png.Length)];

    /// <summary>A form as browsers send it: the key, then the file.</summary>
    public MultipartFormDataContent Form(string name, byte[] content)
    {
        var form = new MultipartFormDataContent { { new StringContent(Key), "secureKey" } };
        form.Add(new ByteArrayContent(content), "file", name);
        return form;
    }

    internal Task<DoorAnswer> Upload(string name, byte[] content) => Upload(Form(name, content));

    internal async Task<DoorAnswer> Upload(HttpContent form)
    {
        using var sent = form;
        return await DoorAnswer.Post(Http, $"{Root}/file", sent);
    }

    /// <summary>Sends a form whose every byte the test has chosen, between boundaries <c>x</c>.</summary>
    internal Task<DoorAnswer> UploadRaw(string body) => Upload(Raw(body));

    internal static ByteArrayContent Raw(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        return content;
    }

    /// <summary>A connection on which the beginning of a file was sent, and the key before it.</summary>
    public async Task<TcpClient> Begin()
    {
        var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, Http.BaseAddress!.Port);
        var body = $"--x\r\nContent-Disposition: form-data; name=\"secureKey\"\r\n\r\n{Key}\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"1.png\"\r\n\r\naaaa";
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Root}/file HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            + $"Content-Type: multipart/form-data; boundary=x\r\n\r\n{body.Length:x}\r\n{body}\r\n"));
        return line;
    }

    /// <summary>Sends a file that is taken.</summary>
    internal async Task<string> Send(string name, byte[] content) =>
        $"{(await Upload(name, content)).Succeeded().Body["userData"]!["file-id"]}";

    internal Task<DoorAnswer> Post(string operation, params (string Name, string Value)[] fields) =>
        DoorAnswer.Post(Http, $"{Root}/{operation}", Fields(fields));

    internal Task<DoorAnswer> Notify(params (string Name, string Value)[] fields) =>
        DoorAnswer.Post(Http, "/genesys/2/chat-ntf", Fields(fields));

    public async Task<HttpResponseMessage> Download(string fileId)
    {
        using var form = new FormUrlEncodedContent(Fields([]));
        return await Http.PostAsync($"{Root}/file/{fileId}/download", form);
    }

    internal async Task<JsonArray> Messages() =>
        (await Post("refresh", ("transcriptPosition", "1"))).Succeeded().Body["messages"]!.AsArray();

    internal async Task<JsonObject> Limits() =>
        (await Post("file/limits")).Succeeded().Body["messages"]![0]!["userData"]!.AsObject();

    public void Dispose() => Http.Dispose();

    private IEnumerable<KeyValuePair<string, string>> Fields(IEnumerable<(string Name, string Value)> fields) =>
        [KeyValuePair.Create("secureKey", Key), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))];
}
