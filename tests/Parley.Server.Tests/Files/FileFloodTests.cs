using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Files;

/// <summary>Files of strangers: what one address may have taken in before anybody knows whose it is.</summary>
public sealed class FileFloodTests : IDisposable
{
    private const string WrongKey = "00000000000000000000000000000000";

    private readonly DataFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Only_so_many_files_are_taken_in_ahead_of_their_keys_right_or_wrong()
    {
        await using var server = await FileServer.Start(data, null, "Parley:Customers:FilesAheadOfKeyPerMinute=2");
        using var ada = await server.Ask();
        (await ada.Upload(Ahead(ada.Key))).Succeeded();
        Assert.Equal([404], (await ada.Upload(Ahead(WrongKey))).ErrorCodes);

        var refused = await ada.Upload(Ahead(ada.Key));
        Assert.Equal((429, 503, ada.ChatId), (refused.Http, Assert.Single(refused.ErrorCodes), $"{refused.Body["chatId"]}"));
        Assert.Single(data.Stored);
        await ada.Send("2.png", FileCustomer.Png);
    }

    [Fact]
    public async Task Who_tried_too_many_keys_sends_no_file_ahead_of_one()
    {
        await using var server = await FileServer.Start(data, null, "Parley:Customers:WrongKeysPerMinute=1");
        using var ada = await server.Ask();
        using var wrong = new MultipartFormDataContent { { new StringContent(WrongKey), "secureKey" } };
        await DoorAnswer.Post(ada.Http, $"{ada.Root}/file/limits", wrong);

        Assert.Equal([503], (await ada.Upload(Ahead(ada.Key))).ErrorCodes);
        Assert.Empty(data.Stored);
        await ada.Send("1.png", FileCustomer.Png);
    }

    [Fact]
    public async Task One_address_cannot_hold_all_places()
    {
        await using var server = await FileServer.Start(
            data, null, "Parley:Files:MaxConcurrentUploadsPerAddress=1", "Parley:Rest:TrustForwardedHeaders=true");
        using var ada = await server.Ask();
        using (await ada.Begin())
        {
            await Eventually.True(() => Task.FromResult(data.Stored.Count == 1));
            var busy = await ada.Upload("1.png", FileCustomer.Png);
            Assert.Equal((200, 1), (busy.Http, busy.StatusCode));
            using var eve = await server.Ask();
            eve.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
            await eve.Send("1.png", FileCustomer.Png);
        }
        await Eventually.True(() => Task.FromResult(data.Stored.Count == 1));
        await ada.Send("1.png", FileCustomer.Png);
    }

    private static MultipartFormDataContent Ahead(string key)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(FileCustomer.Png), "file", "1.png" } };
        form.Add(new StringContent(key), "secureKey");
        return form;
    }
}
