using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Customers;

/// <summary>Customers over GMS Chat by CometD: what each operation is answered, and what clients demand of it.</summary>
public sealed class GmsCometdTests(PushDesk desk) : IClassFixture<PushDesk>
{
    [Fact]
    public async Task K7_K8_the_first_push_brings_the_keys_and_needs_no_subscription()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");

        JsonPattern.Parse("""
            {"statusCode":0,"chatId":…,"userId":…,"secureKey":…,"alias":…,"chatEnded":false,"nextPosition":2,
             "messages":[{"index":1,"type":"ParticipantJoined","utcTime":…,
                          "from":{"nickname":"Ada","participantId":1,"type":"Client"}}]}
            """).Check(ada.Keys, "requestChat");
        await ada.HearsNothingMore();
    }

    [Fact]
    public async Task K7_a_session_that_asks_for_another_chat_first_hears_the_new_keys()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        await using var other = await ada.OpenAnother();
        var first = ada.ChatId;

        await ada.Publish("requestChat", ",\"nickname\":\"Ada\",\"secureKey\":\"\",\"chatId\":\"\"");
        Assert.NotEqual(first, (await ada.Next())["chatId"]!.GetValue<string>());
        await other.Publish("sendMessage", ",\"message\":\"to the first\"");
        await ada.HearsNothingMore();
    }

    [Fact]
    public async Task K8_subscribing_succeeds_and_brings_nothing_twice()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        await ada.Listener.Subscribe(ada.Channel);
        await ada.Publish("sendMessage", ",\"message\":\"once\",\"messageType\":\"text\"");

        var message = Assert.Single((await ada.Next())["messages"]!.AsArray())!;
        Assert.Equal(("once", "text", 2), ($"{message["text"]}", $"{message["messageType"]}", message["index"]!.GetValue<int>()));
        await ada.HearsNothingMore();

        var reply = await ada.Listener.Send(new JsonObject { ["channel"] = "/meta/unsubscribe", ["subscription"] = ada.Channel });
        Assert.True(reply["successful"]!.GetValue<bool>());
        await ada.Publish("sendMessage", ",\"message\":\"still\"");
        Assert.Equal("still", $"{Assert.Single((await ada.Next())["messages"]!.AsArray())!["text"]}");
    }

    [Theory]
    [InlineData("0", 1, 4)]
    [InlineData("\"0\"", 1, 4)]
    [InlineData("\"\"", 1, 4)]
    [InlineData("1", 1, 4)]
    [InlineData("\"3\"", 3, 4)]
    [InlineData("3", 3, 4)]
    [InlineData("4", 0, 4)]
    [InlineData("17", 0, 17)]
    [InlineData("-1", 3, 4)]
    public async Task K13_K14_K19_whoever_listens_is_told_from_the_position_on_and_told_even_if_there_is_nothing(
        string position, int first, int next)
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada", more: ",\"text\":\"one\"");
        await ada.Publish("sendMessage", ",\"message\":\"two\"");
        await using var again = await ada.OpenAnother();

        var push = await again.Listen(position);

        var indexes = push["messages"]!.AsArray().Select(m => m!["index"]!.GetValue<int>());
        Assert.Equal(first == 0 ? [] : Enumerable.Range(first, 4 - first), indexes);
        Assert.Equal(next, push["nextPosition"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("sendMessage", ",\"message\":\"\"", 9001)]
    [InlineData("sendMessage", ",\"message\":\"hi\",\"eventAttributes\":[1]", 9002)]
    [InlineData("requestNotifications", ",\"transcriptPosition\":\"x\"", 9002)]
    [InlineData("updateNickname", ",\"nickname\":\"_GCTI_GSS\"", 9002)]
    [InlineData("pushUrl", ",\"pushUrl\":\"javascript:alert(1)\"", 9002)]
    [InlineData("fileUpload", "", 9005)]
    [InlineData("", "", 9005)]
    public async Task A_bad_request_is_acknowledged_and_answered_by_a_push_while_the_chat_goes_on(
        string operation, string more, int code)
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        await ada.Publish(operation, more);
        Assert.Equal((2, false, code), await ada.NextError());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"requestChat\"")]
    [InlineData("[1]")]
    public async Task What_is_no_object_is_acknowledged_and_answered_by_a_push(string data)
    {
        await using var page = await PushedCustomer.Open(desk.Address);
        await page.PublishRaw("{\"operation\":{\"nested\":" + data + "}}");
        Assert.Equal((2, false, 9002), await page.NextError());
        if (data == "null") return;
        await page.PublishRaw(data);
        Assert.Equal((2, false, 9002), await page.NextError());
    }

    [Fact]
    public async Task A_wrong_key_and_an_unknown_chat_are_told_the_same_and_that_it_is_over()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        await using var page = await PushedCustomer.Open(desk.Address);
        var answers = new List<string>();
        foreach (var chat in (string[])[ada.ChatId, "00000a0000000000"])
        {
            foreach (var operation in (string[])["requestNotifications", "sendMessage", "refresh", "disconnect", "nonsense"])
            {
                await page.PublishRaw(
                    $$"""{"operation":"{{operation}}","chatId":"{{chat}}","secureKey":"00000000","message":"x"}""");
                answers.Add((await page.Next()).ToJsonString().Replace(chat, "CHAT", StringComparison.Ordinal));
            }
        }
        JsonPattern.Parse("""{"statusCode":2,"chatId":"CHAT","chatEnded":true,"messages":[],"errors":[{"code":404,…}]}""")
            .Check(JsonNode.Parse(Assert.Single(answers.Distinct())), "a wrong key");
        await ada.HearsNothingMore();
    }

    [Fact]
    public async Task The_key_leads_to_the_chat_and_nothing_else_is_needed()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        await using var page = await PushedCustomer.Open(desk.Address);
        await page.PublishRaw($$"""{"operation":"requestNotifications","secureKey":"{{ada.SecureKey}}"}""");
        Assert.Equal(ada.ChatId, $"{(await page.Next())["chatId"]}");
    }

    [Fact]
    public async Task A_chat_answers_only_on_the_channel_of_its_service()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        await using var page = await PushedCustomer.Open(desk.Address, "other-service");
        await page.PublishRaw($$"""{"operation":"refresh","chatId":"{{ada.ChatId}}","secureKey":"{{ada.SecureKey}}"}""");
        Assert.Equal((2, true, 404), await page.NextError());
    }

    [Theory]
    [InlineData("other-service", ",\"nickname\":\"Ada\"", 306)]
    [InlineData("customer-support", ",\"nickname\":\"Ada\",\"emailAddress\":\"nowhere\"", 364)]
    public async Task Where_no_chat_can_be_begun_the_customer_is_told_why_and_that_it_is_over(
        string service, string more, int code)
    {
        await using var page = await PushedCustomer.Open(desk.Address, service);
        await page.Publish("requestChat", more);
        Assert.Equal((2, true, code), await page.NextError());
    }

    [Fact]
    public async Task Leaving_ends_the_chat_with_a_last_push_and_CometD_goes_on()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        await using var tab = await ada.OpenAnother();
        await tab.Listen();

        await ada.Publish("disconnect");
        foreach (var page in (PushedCustomer[])[ada, tab])
        {
            var last = await page.Next();
            Assert.True(last["chatEnded"]!.GetValue<bool>());
            Assert.Equal("ParticipantLeft", $"{Assert.Single(last["messages"]!.AsArray())!["type"]}");
        }
        await ada.Publish("sendMessage", ",\"message\":\"too late\"");
        JsonObject push;
        do push = await ada.Next(); while (push["statusCode"]!.GetValue<int>() == 0);
        Assert.Equal(404, push["errors"]![0]!["code"]!.GetValue<int>());
        Assert.True(push["chatEnded"]!.GetValue<bool>());

        var again = await ada.Listen("2");
        Assert.Equal((0, true), (again["statusCode"]!.GetValue<int>(), again["chatEnded"]!.GetValue<bool>()));
        Assert.Equal("ParticipantLeft", $"{again["messages"]![0]!["type"]}");
        await ada.Publish("requestChat", ",\"nickname\":\"Ada\"");
        Assert.False((await ada.Next())["chatEnded"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Refreshing_answers_once_and_binds_nobody()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada", more: ",\"text\":\"one\"");
        await using var page = await ada.OpenAnother();

        await page.Publish("refresh", ",\"transcriptPosition\":-1");
        var last = await page.Next();
        Assert.Equal("one", $"{Assert.Single(last["messages"]!.AsArray())!["text"]}");
        Assert.Equal(3, last["nextPosition"]!.GetValue<int>());
        await page.Publish("sendMessage", ",\"message\":\"two\"");
        await page.HearsNothingMore();
        Assert.Equal("two", $"{Assert.Single((await ada.Next())["messages"]!.AsArray())!["text"]}");
    }
}
