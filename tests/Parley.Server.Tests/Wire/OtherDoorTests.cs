using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>APIs of the family that are not offered, and answers that can be set to be another.</summary>
public sealed class OtherDoorTests
{
    [Theory]
    [InlineData("POST", "")]
    [InlineData("GET", "")]
    [InlineData("POST", "/412-7f0c/ixn/chat/send")]
    public async Task Version_1_of_the_chat_API_is_answered_404_with_the_code_of_an_unknown_service(string method, string below)
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/genesys/1/service/request-chat{below}");
        using var answer = await http.SendAsync(request);
        Assert.Equal(404, (int)answer.StatusCode);
        JsonPattern.Parse("""{"statusCode":2,"chatEnded":false,"messages":[],"errors":[{"code":306,…}]}""")
            .Check(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!, "answer");
    }

    [Theory]
    [InlineData("""{"tenantName":"Environment","nickname":"Mira"}""")]
    [InlineData("""{"tenantId":1,"nickname":"Mira"}""")]
    [InlineData("""{"nickname":"Mira"}""")]
    [InlineData("{}")]
    public async Task Who_begins_a_chat_without_an_operation_means_eServices_Chat_and_is_told_that_it_is_not_there(string body)
    {
        await using var server = await RunningServer.Start();
        using var client = new HttpClient { BaseAddress = server.Address };
        var answer = await GwsClient.Post(client, GwsClient.Root, body);
        Assert.Equal((404, 6), (answer.Http, answer.Body["statusCode"]!.GetValue<int>()));
        var message = answer.Body["statusMessage"]!.GetValue<string>();
        Assert.Contains("operationName RequestChat", message, StringComparison.Ordinal);
        Assert.Contains("eServices", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", 200)]
    [InlineData("true", 400)]
    public async Task A_chat_that_is_over_is_answered_with_HTTP_400_where_that_is_set(string setting, int http)
    {
        await using var server = await RunningServer.Start(null, $"--Parley:Customers:BadRequestWhenEnded={setting}");
        using var ada = await server.Customer("Ada");
        (await ada.Post("disconnect")).Succeeded();

        var late = await ada.Post("send", ("message", "Hello?"));
        Assert.Equal((http, 2, true, 404), (late.Http, late.StatusCode, late.ChatEnded, Assert.Single(late.ErrorCodes)));
        Assert.Equal(200, (await ada.Post("refresh")).Http);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var wrong = new StringContent("secureKey=wrong", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var unknown = await client.PostAsync($"{CustomerClient.Service}/{ada.ChatId}/refresh", wrong);
        Assert.Equal(http, (int)unknown.StatusCode);
    }
}
