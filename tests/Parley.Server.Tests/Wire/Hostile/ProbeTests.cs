using System.Text;
using Parley.Server.Customers;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>Who guesses learns nothing: neither which chats exist nor through which door they came.</summary>
public sealed class ProbeTests(HostileDesk desk) : IClassFixture<HostileDesk>
{
    private const string Unknown = "0000Na0000NA0000";
    private const string UnknownGuid = "7c9d0a52-3b1e-4f0c-9a67-5f2b6c81d4e0";
    private const string Service = "/genesys/2/chat/strangers";

    public static TheoryData<string> Operations =>
    [
        "send", "refresh", "startTyping", "stopTyping", "disconnect", "customNotice", "updateData", "updateNickname", "pushUrl",
        "readReceipt", "fly", "file", "file/limits", "file/none/download", "file/none/delete",
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task No_chat_a_wrong_key_another_door_and_another_service_are_answered_alike(string operation)
    {
        var (mine, other) = (await Ask(), await Ask());
        using var gws = await GwsClient.Ask(desk.Server.Address);
        var behind = CustomerKeys.ChatIdOf(gws.Id).Value;
        var expected = await Probe(operation, Unknown, "wrong");
        foreach (var (id, key) in new[]
        {
            (Unknown, mine.Key), (mine.Id, "wrong"), (mine.Id, other.Key), (mine.Id, mine.Key.ToUpperInvariant()),
            (behind, gws.Id), (behind, mine.Key), (mine.Id, $"{mine.Key}\n"),
        })
            Assert.Equal(expected, await Probe(operation, id, key));
        Assert.Equal(await Probe(operation, Unknown, ""), await Probe(operation, mine.Id, ""));
        // a service that demands a key of its own says so first, whatever is asked of it
        const string Keyed = "/genesys/2/chat/keyed";
        Assert.Equal(await Probe(operation, Unknown, "wrong", Keyed), await Probe(operation, mine.Id, mine.Key, Keyed));
        Assert.Equal(expected, await Probe(operation, mine.Id, mine.Key, "/genesys/2/chat/no-such-service"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/messages")]
    [InlineData("/messages?index=0")]
    public async Task Another_doors_key_and_the_id_that_agents_see_open_nothing_at_customer_chat(string below)
    {
        var mine = await Ask();
        using var gws = await GwsClient.Ask(desk.Server.Address);
        var expected = await Get($"{GwsClient.Root}/{UnknownGuid}{below}");
        Assert.Equal(expected, await Get($"{GwsClient.Root}/{mine.Key}{below}"));
        Assert.Equal(404, expected.Http);
        Assert.Equal(404, (await Get($"{GwsClient.Root}/{Unknown}{below}")).Http);
        var behind = CustomerKeys.ChatIdOf(gws.Id).Value;
        Assert.Equal(await Get($"{GwsClient.Root}/{Unknown}{below}"), await Get($"{GwsClient.Root}/{behind}{below}"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999")]
    [InlineData("%00")]
    [InlineData("%FF")]
    [InlineData("1%0D%0ASet-Cookie:a=b")]
    [InlineData("<script>")]
    [InlineData("1&index=2")]
    public async Task An_index_that_is_none_is_out_of_range(string index)
    {
        using var gws = await GwsClient.Ask(desk.Server.Address);
        (await gws.Get($"/messages?index={index}")).Refused(400, 10);
        Assert.Equal(["ParticipantJoined"], await gws.Types());
    }

    [Fact]
    public async Task After_too_many_wrong_keys_the_answer_is_the_same_for_every_chat_and_customers_go_on()
    {
        await using var server = await StartedServer.Demo("Parley:Customers:WrongKeysPerMinute=3");
        using var http = new HttpClient { BaseAddress = server.Address };
        using var ada = await CustomerClient.Ask(server.Address, "Ada");
        for (var i = 0; i < 4; i++) await Wrong(Unknown);
        Assert.Equal((429, true), await Wrong(Unknown));
        Assert.Equal((429, true), await Wrong(ada.ChatId));
        await ada.Say("still here");

        async Task<(int, bool)> Wrong(string id)
        {
            using var content = HostileLine.Content("secureKey=wrong", "application/x-www-form-urlencoded");
            using var response = await http.PostAsync($"{CustomerClient.Service}/{id}/refresh", content);
            return ((int)response.StatusCode, response.Headers.RetryAfter is not null);
        }
    }

    [Theory]
    [InlineData("apikey", "a-long-enough-key", null, null, 200)]
    [InlineData("apikey", "a-long-enough-key", "x-api-key", "a-long-enough-key", 200)]
    [InlineData("apikey", "", "x-api-key", "a-long-enough-key", 200)]
    [InlineData("apikey", "a-long-", "x-api-key", "enough-key", 401)]
    [InlineData("apikey", "A-LONG-ENOUGH-KEY", null, null, 401)]
    [InlineData("apikey", "a-long-enough-key,a-long-enough-key", null, null, 401)]
    [InlineData("Authorization", "Bearer a-long-enough-key", null, null, 401)]
    public async Task An_api_key_is_right_or_wrong_as_a_whole(
        string header, string key, string? second, string? secondKey, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/genesys/2/chat/keyed")
        {
            Content = HostileLine.Content("nickname=Ada", "application/x-www-form-urlencoded"),
        };
        request.Headers.TryAddWithoutValidation(header, key);
        if (second is not null) request.Headers.TryAddWithoutValidation(second, secondKey);
        using var response = await desk.Http.SendAsync(request);
        Assert.Equal(status, (await DoorAnswer.Read(response)).Http);
    }

    private async Task<(string Id, string Key)> Ask()
    {
        var created = (await DoorAnswer.Post(desk.Http, Service, [KeyValuePair.Create("nickname", "Ada")])).Succeeded().Body;
        return ($"{created["chatId"]}", $"{created["secureKey"]}");
    }

    private async Task<(int Http, string Text)> Probe(string operation, string id, string key, string service = Service)
    {
        using var form = new MultipartFormDataContent { { new StringContent(key), "secureKey" } };
        if (operation == "file") form.Add(new ByteArrayContent("a"u8.ToArray()), "file", "a.txt");
        var answer = await DoorAnswer.Post(desk.Http, $"{service}/{id}/{operation}", form);
        return (answer.Http, answer.Text.Replace(id, Unknown, StringComparison.Ordinal));
    }

    private async Task<(int Http, string Text)> Get(string path)
    {
        using var response = await desk.Http.GetAsync(path);
        return ((int)response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()));
    }
}
