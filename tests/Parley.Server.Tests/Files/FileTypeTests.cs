using System.IO.Compression;
using System.Text;
using Parley.Server.Files;
using Parley.Server.Provisioning;

namespace Parley.Server.Tests.Files;

/// <summary>What a file is, is decided by its content; its name has to agree.</summary>
public sealed class FileTypeTests(SharedFiles shared) : SharedFilesTest(shared), IClassFixture<SharedFiles>
{
    public static TheoryData<string, byte[], string> Accepted => new()
    {
        { "a.png", FileCustomer.Png, "image/png" },
        { "a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0], "image/jpeg" },
        { "a.jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0], "image/jpeg" },
        { "a.gif", [.. "GIF89a"u8, 0, 1], "image/gif" },
        { "a.webp", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8], "image/webp" },
        { "a.pdf", [.. "%PDF-1.7\n"u8, 0, 1], "application/pdf" },
        { "a.mp4", [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0], "video/mp4" },
        { "a.txt", [0xEF, 0xBB, 0xBF, .. "Grüße"u8], "text/plain" },
        { "a.csv", [.. "a;b\r\n1;2"u8], "text/csv" },
        { "long.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a€", 20_000))), "text/plain" },
        { "a.zip", Zip("notes.txt"), "application/zip" },
        {
            "a.docx", Zip("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        },
    };

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "a.png", [0xFF, 0xD8, 0xFF, 0xE0, 0] },
        { "a.png", [.. "<html><script>alert(1)</script>"u8] },
        { "a.html", [.. "<html></html>"u8] },
        { "a.svg", [.. "<svg/>"u8] },
        { "a.js", [.. "alert(1)"u8] },
        { "a.exe", [.. "MZ"u8, 0, 1] },
        { "a.png.exe", FileCustomer.Png },
        { "a.txt", [.. "MZ"u8, 0, 1] },
        { "a.txt", [0xC3] },
        { "a.txt", [.. "half of one: "u8, 0xE2, 0x82] },
        { "a.txt", [.. " \r\n <svg onload=alert(1)>"u8] },
        { "a.csv", [.. "\u001b[2J"u8] },
        { "unnamed", [1, 2, 3] },
        { "a.bmp", [.. "BM"u8, 6, 0, 0, 0] }, // known, and not allowed by the service
        { "a.docx", Zip("word/document.xml") },
        { "a.docx", Zip("[Content_Types].xml", "xl/workbook.xml") },
        { "a.docx", Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin") },
        { "a.docx", [.. "PK\u0003\u0004"u8, .. new byte[100]] },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_file_is_served_as_what_it_is(string name, byte[] content, string mediaType)
    {
        using var file = await Ada.Download(await Ada.Send(name, content));
        Assert.Equal(mediaType, $"{file.Content.Headers.ContentType}");
        Assert.Equal(content, await file.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_file_that_is_not_what_its_name_says_or_may_not_be_sent_is_refused(string name, byte[] content)
    {
        var answer = await Ada.Upload(name, content);
        Assert.Equal((400, 203), (answer.Http, Assert.Single(answer.ErrorCodes)));
        await NothingIsStored();
    }

    [Fact]
    public async Task A_bomb_is_stored_as_it_came_and_never_unpacked()
    {
        var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["[Content_Types].xml", "word/document.xml"])
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                for (var i = 0; i < 40; i++) entry.Write(new byte[1 << 20]);
            }
        }
        Assert.InRange(bomb.Length, 1, 100_000);
        var before = Data.Stored;
        var id = await Ada.Send("bomb.docx", bomb.ToArray());
        Assert.Single(Data.Stored.Except(before));
        using var file = await Ada.Download(id);
        Assert.Equal(bomb.ToArray(), await file.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void The_schema_of_a_contact_centre_lists_every_type_there_is()
    {
        var text = Encoding.UTF8.GetString(ContactCenterReader.Schema.Span);
        var from = text.IndexOf("\"bmp\"", StringComparison.Ordinal);
        var listed = text[from..text.IndexOf(']', from)].Split(',').Select(t => t.Trim().Trim('"'));
        Assert.Equal(FileType.KnownExtensions, listed);
    }

    [Fact]
    public void What_a_browser_would_run_is_served_as_bytes() => Assert.All(
        (string[])["text/html", "image/svg+xml", "application/xml", "text/javascript", "text/html; a=b", "nonsense", ""],
        type => Assert.Equal("application/octet-stream", FileType.Served(type)));

    private static byte[] Zip(params string[] names)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write("x"u8);
            }
        }
        return bytes.ToArray();
    }
}
