using System.Net.Http.Headers;
using System.Text;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Files;

/// <summary>The shapes in which clients send files, and the address of those who talk over CometD.</summary>
public sealed class UploadShapeTests : IAsyncLifetime
{
    private readonly DataFolder data = new();
    private FileServer server = null!;
    private FileCustomer ada = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FileServer.Start(data);
        ada = await server.Ask();
    }

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await server.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task The_key_may_come_after_the_file()
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(FileCustomer.Png), "file", "1.png" } };
        form.Add(new StringContent(ada.Key), "secureKey");
        (await ada.Upload(form)).Succeeded();
    }

    [Fact]
    public async Task K18_parts_of_text_may_say_they_are_octets_and_have_no_charset()
    {
        var form = new MultipartFormDataContent { { Octets(ada.Key), "secureKey" }, { Octets("7"), "alias" } };
        form.Add(Octets("Schön"), "userData[file-description]");
        form.Add(new ByteArrayContent(FileCustomer.Png), "file", "1.png");
        (await ada.Upload(form)).Succeeded();
        Assert.Equal("Schön", $"{(await ada.Messages())[^1]!["userData"]!["file-description"]}");

        using var limits = new MultipartFormDataContent { { Octets(ada.Key), "secureKey" } };
        (await DoorAnswer.Post(ada.Http, $"{ada.Root}/file/limits", limits)).Succeeded();
    }

    [Theory]
    [InlineData("name=\"file\"", "file.png")]
    [InlineData("name=\"picture\"; filename=\"1.png\"", "1.png")]
    [InlineData("name=\"file\"; filename=\"scan\"", "scan.png")]
    [InlineData("name=\"file\"; filename=\"b.PNG\"", "b.PNG")]
    public async Task K18_the_part_named_file_or_with_a_file_name_is_the_file(string disposition, string name)
    {
        var form = new MultipartFormDataContent { { new StringContent(ada.Key), "secureKey" } };
        var file = new ByteArrayContent(FileCustomer.Png);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; {disposition}");
        form.Add(file);
        (await ada.Upload(form)).Succeeded();
        Assert.Equal(name, $"{(await ada.Messages())[^1]!["text"]}");
    }

    [Fact]
    public async Task K18_a_file_without_an_operation_is_sent_and_the_key_says_which_chat_it_is_for()
    {
        using var form = ada.Form("1.png", FileCustomer.Png);
        var answer = (await DoorAnswer.Post(ada.Http, "/genesys/2/chat-ntf", form)).Succeeded();
        Assert.Equal(ada.ChatId, $"{answer.Body["chatId"]}");
        var id = $"{answer.Body["userData"]!["file-id"]}";

        foreach (var operation in (string[])["fileGetLimits", "fileGetsLimits"])
        {
            var limits = (await ada.Notify(("operation", operation))).Succeeded().Body["messages"]![0]!["userData"]!;
            Assert.Equal("1", $"{limits["used-upload-max-files"]}");
        }

        using var download = new MultipartFormDataContent
        {
            { new StringContent(ada.Key), "secureKey" }, { new StringContent("fileDownload"), "operation" },
            { new StringContent(id), "fileId" },
        };
        using var file = await ada.Http.PostAsync("/genesys/2/chat-ntf", download);
        Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());

        (await ada.Notify(("operation", "fileDelete"), ("fileId", id))).Succeeded();
        Assert.Equal("FileDeleted", $"{(await ada.Messages())[^1]!["type"]}");
    }

    [Fact]
    public async Task The_operation_that_sends_a_file_may_be_named_and_needs_one()
    {
        var form = ada.Form("1.png", FileCustomer.Png);
        form.Add(new StringContent("fileUpload"), "operation");
        using (form) (await DoorAnswer.Post(ada.Http, "/genesys/2/chat-ntf", form)).Succeeded();
        Assert.Equal([9002], (await ada.Notify(("operation", "fileUpload"))).ErrorCodes);
        Assert.Equal([9005], (await ada.Notify()).ErrorCodes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000")]
    public async Task Without_the_right_key_the_address_of_files_says_nothing_of_any_chat(string key)
    {
        using var form = new MultipartFormDataContent { { new StringContent(key), "secureKey" } };
        form.Add(new ByteArrayContent(FileCustomer.Png), "file", "1.png");
        var answer = await DoorAnswer.Post(ada.Http, "/genesys/2/chat-ntf", form);
        Assert.Equal((2, true, 404), (answer.StatusCode, answer.ChatEnded, Assert.Single(answer.ErrorCodes)));
        Assert.Empty(data.Stored);
    }

    private static ByteArrayContent Octets(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }
}
