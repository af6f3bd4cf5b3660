using System.Net.Sockets;
using System.Text;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Files;

/// <summary>Uploads that nobody sends by mistake: a clear error, and nothing is stored.</summary>
public sealed class HostileUploadTests(SharedFiles shared) : SharedFilesTest(shared), IClassFixture<SharedFiles>
{
    public static TheoryData<string> Names =>
    [
        "../../etc/passwd.png", "C:\\Windows\\a.png", "a/b.png", "..", " ", "a\u202Egnp.exe.png", "a\u0007.png", "a\u2028.png",
        "\uFEFFa.png", new string('a', 200) + ".png", "a:b.png", "\u0000.png",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_that_leads_elsewhere_or_misleads_is_refused(string name)
    {
        var form = new MultipartFormDataContent { { new StringContent(Ada.Key), "secureKey" } };
        var file = new ByteArrayContent(FileCustomer.Png);
        file.Headers.TryAddWithoutValidation(
            "Content-Disposition", $"form-data; name=file; filename*=utf-8''{Uri.EscapeDataString(name)}");
        form.Add(file);
        await Refused(await Ada.Upload(form), 9002);
    }

    [Fact]
    public async Task Ten_thousand_parts_are_refused()
    {
        var parts = string.Concat(Enumerable.Range(0, 10_000).Select(
            i => $"--x\nContent-Disposition: form-data; name=\"f{i}\"\n\n1\n"));
        await Refused(await Ada.UploadRaw($"{parts}--x--\n"), 9002);
    }

    [Fact]
    public async Task Fields_without_end_are_refused()
    {
        var form = Ada.Form("1.png", FileCustomer.Png);
        form.Add(new StringContent(new string('a', 300_000)), "text");
        await Refused(await Ada.Upload(form), 9002);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--x\n\n1\n--x--\n")]
    [InlineData("--x\nContent-Disposition: attachment\n\n1\n--x--\n")]
    [InlineData("--x\nContent-Disposition: form-data; name=\"file\"; filename=\"1.png\"\n\nhalf a fi")]
    [InlineData("--x\nContent-Disposition: form-data; name=\"secureKey\"\n\nhalf a ke")]
    public async Task A_form_that_breaks_off_or_makes_no_sense_is_refused(string body) =>
        await Refused(await Ada.UploadRaw(body), 9002);

    [Fact]
    public async Task Headers_without_end_are_refused() => await Refused(
        await Ada.UploadRaw(
            $"--x\nContent-Disposition: form-data; name=\"file\"; filename=\"{new string('a', 50_000)}.png\"\n\n1\n--x--\n"),
        9002);

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_that_is_no_multipart_form_is_refused(string contentType)
    {
        using var content = new StringContent("{}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        await Refused(await DoorAnswer.Post(Ada.Http, $"{Ada.Root}/file", content), 9002);
    }

    [Fact]
    public async Task Two_files_at_once_are_refused()
    {
        var form = Ada.Form("1.png", FileCustomer.Png);
        form.Add(new ByteArrayContent(FileCustomer.Png), "file", "2.png");
        await Refused(await Ada.Upload(form), 9002);
    }

    [Fact]
    public async Task An_empty_file_is_refused() => await Refused(await Ada.Upload("1.txt", []), 9002);

    [Fact]
    public async Task A_file_that_never_ends_is_refused_once_enough_was_thrown_away()
    {
        using var line = await Ada.Begin();
        var sent = 0;
        var answer = Answer(line);
        var more = Encoding.ASCII.GetBytes($"4000\r\n{new string('a', 0x4000)}\r\n");
        while (!answer.IsCompleted && sent < 50_000_000)
        {
            try
            {
                await line.GetStream().WriteAsync(more);
                sent += more.Length;
            }
            catch (IOException)
            {
                break;
            }
        }
        Assert.Contains("\"code\":202", await answer, StringComparison.Ordinal);
        await NothingIsStored();
    }

    [Fact]
    public async Task A_file_that_does_not_come_is_not_waited_for_and_holds_nobody_up_after_that()
    {
        using var line = await Ada.Begin();
        await SomethingComes();
        using (var eve = await Server.Ask())
        {
            var busy = await eve.Upload("1.png", FileCustomer.Png);
            Assert.Equal((200, 1, eve.ChatId), (busy.Http, busy.StatusCode, $"{busy.Body["chatId"]}"));
        }
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("took too long", await Answer(line), StringComparison.Ordinal);
        await NothingIsStored();
        await Ada.Send("1.png", FileCustomer.Png);
    }

    [Fact]
    public async Task A_sender_who_hangs_up_leaves_nothing()
    {
        using (await Ada.Begin()) await SomethingComes();
        await NothingIsStored();
    }

    private static async Task<string> Answer(TcpClient line)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4_096];
        while (!answer.ToString().Contains('}', StringComparison.Ordinal)
            && await line.GetStream().ReadAsync(buffer) is var count and > 0)
            answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        return answer.ToString();
    }

    private async Task Refused(DoorAnswer answer, int code)
    {
        Assert.Equal((400, code), (answer.Http, Assert.Single(answer.ErrorCodes)));
        Assert.Equal(Ada.ChatId, $"{answer.Body["chatId"]}");
        Assert.NotEmpty($"{answer.Body["errors"]![0]!["advice"]}");
        await NothingIsStored();
        Assert.Single(await Ada.Messages());
    }
}
