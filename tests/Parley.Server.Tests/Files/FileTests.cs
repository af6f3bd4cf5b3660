using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Files;

/// <summary>Files of customers, over the wire. The numbers are those of what customers' software demands.</summary>
public sealed class FileTests : IAsyncLifetime
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
    public async Task A_file_that_was_sent_is_in_the_transcript_with_its_name_and_size()
    {
        var answer = (await ada.Upload("Café (1).png", FileCustomer.Png)).Succeeded();
        JsonPattern.Parse(
            $$"""
            {"statusCode":0,"chatId":"{{ada.ChatId}}","chatEnded":false,"userData":{"file-id":…},"messages":[],…}
            """).Check(answer.Body, "upload");
        var id = $"{answer.Body["userData"]!["file-id"]}";
        JsonPattern.Parse(
            $$"""
            {"index":2,"type":"FileUploaded","text":"Café (1).png","utcTime":…,
             "from":{"nickname":"Ada","participantId":1,"type":"Client"},
             "userData":{"file-id":"{{id}}","file-name":"Café (1).png","file-size":"17"} }
            """).Check((await ada.Messages())[^1]!, "message");
    }

    [Fact]
    public async Task What_is_downloaded_is_what_was_sent_and_nothing_that_a_browser_runs()
    {
        var id = await ada.Send("Café.png", FileCustomer.Png);
        using var answer = await ada.Download(id);
        Assert.Equal(FileCustomer.Png, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", $"{answer.Content.Headers.ContentType}");
        Assert.Equal(
            "attachment; filename*=UTF-8''Caf%C3%A9.png", answer.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task K3_every_answer_about_files_carries_the_chat_id()
    {
        var id = await ada.Send("a.png", FileCustomer.Png);
        DoorAnswer[] answers =
        [
            await ada.Upload("b.png", FileCustomer.Png), await ada.Post("file/limits"), await ada.Post($"file/{id}/delete"),
            await ada.Upload("b.exe", [1]), await ada.Post("file/none/delete"), await ada.Post("file/none/download"),
            await ada.Upload("big.png", FileCustomer.Picture(100_001)), await ada.UploadRaw("nonsense"),
            await ada.Notify(("operation", "fileGetLimits")), await ada.Notify(("operation", "nonsense")),
        ];
        Assert.All(answers, a => Assert.Equal(ada.ChatId, $"{a.Body["chatId"]}"));
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_gone_for_everybody_and_the_transcript_says_so()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        (await ada.Post($"file/{id}/delete")).Succeeded();
        JsonPattern.Parse($$"""{"index":3,"type":"FileDeleted","text":"1.png","userData":{"file-id":"{{id}}"},…}""")
            .Check((await ada.Messages())[^1]!, "message");
        foreach (var operation in (string[])["delete", "download"])
        {
            var answer = await ada.Post($"file/{id}/{operation}");
            Assert.Equal((404, 9003), (answer.Http, Assert.Single(answer.ErrorCodes)));
        }
    }

    [Fact]
    public async Task A_file_of_another_chat_is_not_there()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        using var eve = await server.Ask();
        foreach (var operation in (string[])["delete", "download"])
            Assert.Equal([9003], (await eve.Post($"file/{id}/{operation}")).ErrorCodes);
    }

    [Fact]
    public async Task The_same_content_is_stored_once()
    {
        using var eve = await server.Ask();
        await ada.Send("1.png", FileCustomer.Png);
        await eve.Send("2.png", FileCustomer.Png);
        var path = Assert.Single(data.Stored);
        Assert.Matches("^kept/([0-9a-f]{2})/([0-9a-f]{2})/\\1\\2[0-9a-f]{60}$", path.Replace('\\', '/'));
    }

    [Fact]
    public async Task A_wrong_key_stores_nothing_wherever_it_comes_in_the_form()
    {
        foreach (var keyFirst in (bool[])[true, false])
        {
            using var form = new MultipartFormDataContent();
            if (keyFirst) form.Add(new StringContent(new string('0', 32)), "secureKey");
            form.Add(new ByteArrayContent(FileCustomer.Png), "file", "1.png");
            if (!keyFirst) form.Add(new StringContent(new string('0', 32)), "secureKey");
            var answer = await DoorAnswer.Post(ada.Http, $"{ada.Root}/file", form);
            Assert.Equal((2, true, 404), (answer.StatusCode, answer.ChatEnded, Assert.Single(answer.ErrorCodes)));
        }
        Assert.Empty(data.Stored);
        Assert.Single(await ada.Messages());
    }

    [Fact]
    public async Task When_the_chat_has_ended_there_are_no_files_any_more()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        (await ada.Post("disconnect")).Succeeded();
        Assert.Equal([404], (await ada.Upload("2.png", FileCustomer.Png)).ErrorCodes);
        var download = await ada.Post($"file/{id}/download");
        Assert.Equal((404, 404), (download.Http, Assert.Single(download.ErrorCodes)));
        Assert.Single(data.Stored);
    }

    [Fact]
    public async Task A_description_is_kept_with_the_file()
    {
        var form = ada.Form("1.png", FileCustomer.Png);
        form.Add(new StringContent("My invoice"), "userData[file-description]");
        (await ada.Upload(form)).Succeeded();
        Assert.Equal("My invoice", $"{(await ada.Messages())[^1]!["userData"]!["file-description"]}");
    }
}
