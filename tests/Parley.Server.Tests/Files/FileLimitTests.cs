using System.Net;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Files;

/// <summary>What a service limits files to. The numbers are those of what customers' software demands.</summary>
public sealed class FileLimitTests : IAsyncLifetime
{
    private readonly DataFolder data = new();
    private FileServer server = null!;
    private FileCustomer ada = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FileServer.Start(data, null, "Parley:Rest:MaxRequestBytes=200000");
        ada = await server.Ask();
    }

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await server.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task K15_the_limits_are_one_notice_without_an_index_whose_values_are_texts()
    {
        await ada.Send("a.png", FileCustomer.Png);
        JsonPattern.Parse(
            $$"""
            {"statusCode":0,"chatEnded":false,"chatId":"{{ada.ChatId}}","userId":…,"secureKey":…,"alias":…,"messages":[
              {"from":{"nickname":"Ada","participantId":1,"type":"Client"},
               "type":"Notice","text":"file-client-cfg-get","utcTime":…,
               "userData":{"upload-max-files":"3","upload-max-file-size":"100000","upload-max-total-size":"250000",
                "upload-file-types":"jpeg:jpg:png:gif:pdf:txt:csv:zip:docx:mp4:webp","upload-need-agent":"false",
                "download-attempts":"2","delete-file":"odd","used-upload-max-files":"1","used-upload-max-total-size":"17",
                "used-download-attempts":"0"} } ] }
            """).Check((await ada.Post("file/limits")).Succeeded().Body, "limits");
    }

    [Theory]
    [InlineData(100_001)]
    [InlineData(8_000_000)]
    public async Task K10_a_file_that_is_too_large_is_refused_with_400_and_what_is_allowed(int size)
    {
        var answer = await ada.Upload("big.png", FileCustomer.Picture(size));
        Assert.Equal((400, 202), (answer.Http, Assert.Single(answer.ErrorCodes)));
        Assert.Equal("100000", $"{answer.Body["errors"]![0]!["advice"]}");
        Assert.Empty(data.Stored);
    }

    [Fact]
    public async Task One_file_too_many_is_refused_until_another_is_deleted()
    {
        var first = await ada.Send("1.png", FileCustomer.Png);
        await ada.Send("2.png", FileCustomer.Png);
        await ada.Send("3.png", FileCustomer.Png);
        var answer = await ada.Upload("4.png", FileCustomer.Png);
        Assert.Equal((400, 201), (answer.Http, Assert.Single(answer.ErrorCodes)));
        Assert.Equal("3", $"{answer.Body["errors"]![0]!["advice"]}");
        (await ada.Post($"file/{first}/delete")).Succeeded();
        await ada.Send("4.png", FileCustomer.Png);
    }

    [Fact]
    public async Task Files_that_are_too_large_together_are_refused_even_if_the_first_are_deleted()
    {
        var first = await ada.Send("1.png", FileCustomer.Picture(100_000));
        await ada.Send("2.png", FileCustomer.Picture(100_000));
        (await ada.Post($"file/{first}/delete")).Succeeded();
        var answer = await ada.Upload("3.png", FileCustomer.Picture(50_001, 'b'));
        Assert.Equal((400, 202), (answer.Http, Assert.Single(answer.ErrorCodes)));
        Assert.Equal("250000", $"{answer.Body["errors"]![0]!["advice"]}");
        await ada.Send("3.png", FileCustomer.Picture(50_000, 'b'));
    }

    [Fact]
    public async Task Downloads_are_counted_and_end()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        for (var i = 0; i < 2; i++)
        {
            using var file = await ada.Download(id);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }
        Assert.Equal("2", $"{(await ada.Limits())["used-download-attempts"]}");
        using var refused = await ada.Download(id);
        var answer = await DoorAnswer.Read(refused);
        Assert.Equal((400, 9004), (answer.Http, Assert.Single(answer.ErrorCodes)));
    }

    [Fact]
    public async Task Nothing_can_be_sent_where_the_service_says_nothing_of_files()
    {
        using var customer = await server.Ask("plain");
        Assert.Equal([9005], (await customer.Upload("1.png", FileCustomer.Png)).ErrorCodes);
        Assert.Equal([9005], (await customer.Post("file/limits")).ErrorCodes);
        Assert.Equal([9005], (await customer.Post("file/1/download")).ErrorCodes);
        Assert.Empty(data.Stored);
    }

    [Fact]
    public async Task Where_an_agent_is_needed_nothing_can_be_sent_before_one_is_there()
    {
        using var customer = await server.Ask("attended");
        Assert.Equal([9005], (await customer.Upload("1.png", FileCustomer.Png)).ErrorCodes);
        await using var ana = server.User("ana");
        await ana.SignIn();
        (await ada.Post("disconnect")).Succeeded();
        await ana.GoReady();
        Assert.Equal(customer.ChatId, await ana.AcceptNext());
        await customer.Send("1.png", FileCustomer.Png);
    }
}
