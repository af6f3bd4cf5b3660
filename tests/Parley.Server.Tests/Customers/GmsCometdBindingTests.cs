using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Customers;

/// <summary>Several pages, doors, servers and agents around one chat whose customer is pushed what happens.</summary>
public sealed class GmsCometdBindingTests(PushDesk desk) : IClassFixture<PushDesk>
{
    [Fact]
    public async Task Five_sessions_hear_of_a_chat_and_the_sixth_takes_the_place_of_the_oldest()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        var tabs = new List<PushedCustomer>();
        for (var i = 0; i < 5; i++)
        {
            tabs.Add(await ada.OpenAnother());
            await tabs[i].Listen();
        }
        await tabs[0].Publish("sendMessage", ",\"message\":\"to five\"");

        foreach (var tab in tabs)
        {
            Assert.Equal("to five", $"{Assert.Single((await tab.Next())["messages"]!.AsArray())!["text"]}");
            await tab.HearsNothingMore();
        }
        await ada.HearsNothingMore();
        foreach (var tab in tabs) await tab.DisposeAsync();
    }

    [Fact]
    public async Task Listening_again_and_again_repeats_only_what_is_asked_for()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada", more: ",\"text\":\"one\"");
        Assert.Empty((await ada.Listen("3"))["messages"]!.AsArray());
        Assert.Empty((await ada.Listen("3"))["messages"]!.AsArray());
        Assert.Single((await ada.Listen("2"))["messages"]!.AsArray());
        await ada.Publish("sendMessage", ",\"message\":\"two\"");
        Assert.Equal(3, Assert.Single((await ada.Next())["messages"]!.AsArray())!["index"]!.GetValue<int>());
        await ada.HearsNothingMore();
    }

    [Fact]
    public async Task Both_doors_of_GMS_Chat_lead_into_the_same_chat()
    {
        await using var ada = await PushedCustomer.Ask(desk.Address, "Ada");
        using var http = new HttpClient { BaseAddress = desk.Address };
        async Task<JsonObject> Rest(string operation, params (string, string)[] fields) => (await DoorAnswer.Post(
            http, $"{CustomerClient.Service}/{ada.ChatId}/{operation}",
            [KeyValuePair.Create("secureKey", ada.SecureKey), .. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))]))
            .Succeeded().Body;

        await Rest("send", ("message", "by REST"));
        Assert.Equal("by REST", $"{Assert.Single((await ada.Next())["messages"]!.AsArray())!["text"]}");
        await ada.Publish("sendMessage", ",\"message\":\"by CometD\"");
        Assert.Equal("by CometD", $"{(await Rest("refresh", ("transcriptPosition", "-1")))["messages"]![0]!["text"]}");
        await ada.Next();
        await Rest("disconnect");
        Assert.True((await ada.Next())["chatEnded"]!.GetValue<bool>());

        using var polled = await desk.Server.Customer("Bea");
        await using var page = await PushedCustomer.Open(desk.Address);
        await page.PublishRaw($$"""{"operation":"requestNotifications","secureKey":"{{polled.SecureKey}}"}""");
        Assert.Equal(2, (await page.Next())["nextPosition"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_agent_and_a_pushed_customer_hear_each_other_say_and_do_everything()
    {
        await using var floor = await Floor.Open("--Parley:GmsCometd:BatchMs=0");
        await floor.Ready(floor.Bob);
        await using var ada = await PushedCustomer.Ask(new Uri(floor.Base), "Ada");
        var chat = await floor.Bob.AcceptNext();
        async Task Bob(string operation, string name = "", string value = "") =>
            (await floor.Bob.Do(chat, operation, name.Length == 0 ? null : new JsonObject { [name] = value })).Succeeded();

        await Bob("SendStartTypingNotification");
        await Bob("SendStopTypingNotification");
        await Bob("SendMessage", "text", "Good morning");
        await Bob("SendUrl", "url", "https://shop.example.org/help");
        await Bob("SendCustomNotice", "noticeText", "look");
        await floor.Ready(floor.Carol);
        (await floor.Bob.Do(chat, "Consult", floor.Towards(floor.Carol))).Succeeded();
        await floor.Carol.NextOffer();
        (await floor.Carol.Do(chat, "Accept")).Succeeded();
        await Bob("SendToAgents", "text", "behind the back");
        (await floor.Carol.Do(chat, "Leave")).Succeeded();
        await ada.Publish("startTyping", ",\"message\":\"a draft\"");
        await ada.Publish("stopTyping");
        await ada.Publish(
            "sendMessage", ",\"message\":\"Hello\",\"eventAttributes\":{\"general-properties\":{\"related-event-id\":\"4\"}}");
        await ada.Publish("customNotice", ",\"message\":\"form\",\"eventAttributes\":{\"step\":2}");
        await ada.Publish("pushUrl", ",\"pushUrl\":\"https://shop.example.org/basket\"");
        await ada.Publish("updateNickname", ",\"nickname\":\"Adele\"");
        await ada.Publish("updateData", ",\"userData\":{\"Plan\":\"Gold\",\"_genesys_url\":\"https://shop.example.org\"}");
        await ada.Publish("readReceipt", ",\"transcriptPosition\":\"3\"");
        await ada.Publish("customNotice", ",\"eventAttributes\":{\"purpose\":\"cancel-idle-timer\"}");
        await Bob("Leave", "text", "Goodbye");

        var heard = await ada.HearUntil("ParticipantLeft");
        while ($"{heard[^1]["from"]!["type"]}" != "Client") heard.AddRange(await ada.HearUntil("ParticipantLeft"));
        string[] expected =
        [
            "Agent ParticipantJoined ", "Agent TypingStarted ", "Agent TypingStopped ", "Agent Message Good morning",
            "Agent PushUrl https://shop.example.org/help", "Agent CustomNotice look", "Client Message Hello",
            "Client CustomNotice form", "Client PushUrl https://shop.example.org/basket", "Client NicknameUpdated Adele",
            "Agent Message Goodbye", "Agent ParticipantLeft ", "Client ParticipantLeft ",
        ];
        Assert.Equal(expected, heard.Select(m => $"{m["from"]!["type"]} {m["type"]} {m["text"]}"));
        Assert.Equal(heard.Select(m => m["index"]!.GetValue<int>()).Order(), heard.Select(m => m["index"]!.GetValue<int>()));
        Assert.Equal("4", $"{heard[^1]["eventAttributes"]!["GCTI_SYSTEM"]!["quit-reason-code"]}");

        var messages = await floor.Bob.ReadMessages(chat);
        Assert.Equal(2, messages.Single(m => $"{m!["noticeText"]}" == "form")!["eventAttributes"]!["step"]!.GetValue<int>());
        var seen = (await floor.Bob.ReadChats()).Single()!;
        Assert.Equal("Gold", $"{seen["userData"]!["Plan"]}");
        Assert.Equal(3, seen["customerReadIndex"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_happens_within_a_moment_is_pushed_together_and_typing_that_is_over_by_then_not_at_all()
    {
        var clock = new Parley.Testing.ManualTime();
        await using var server = await RunningServer.Start(clock);
        await using var bob = server.Agent(1);
        await bob.SignIn();
        await bob.GoReady();
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        var chat = await bob.AcceptNext();
        (await bob.Do(chat, "SendStartTypingNotification")).Succeeded();
        (await bob.Do(chat, "SendMessage", new JsonObject { ["text"] = "Good morning" })).Succeeded();
        await bob.HearsOut();
        Assert.Empty(ada.Listener.Inbox.Untaken(ada.Channel));

        clock.Advance(TimeSpan.FromMilliseconds(51));

        var push = await ada.Next();
        Assert.Equal(["ParticipantJoined", "Message"], push["messages"]!.AsArray().Select(m => $"{m!["type"]}"));
    }

    [Fact]
    public async Task An_app_that_goes_to_the_background_stays_in_the_chat_and_says_what_it_has_read()
    {
        await using var floor = await Floor.Open("--Parley:GmsCometd:BatchMs=0");
        await floor.Ready(floor.Bob);
        await using var ada = await PushedCustomer.Ask(new Uri(floor.Base), "Ada", more: ",\"text\":\"one\"");
        var chat = await floor.Bob.AcceptNext();

        var reply = await ada.Listener.Send(new JsonObject
        {
            ["channel"] = "/meta/disconnect", ["ext"] = new JsonObject { ["transcriptPosition"] = "2" },
        });

        Assert.True(reply["successful"]!.GetValue<bool>());
        var seen = (await floor.Bob.ReadChats()).Single()!;
        Assert.Equal((2, "Chatting"), (seen["customerReadIndex"]!.GetValue<int>(), $"{seen["state"]}"));
        (await floor.Bob.Do(chat, "SendMessage", new JsonObject { ["text"] = "Are you there?" })).Succeeded();
        await using var back = await ada.OpenAnother();
        Assert.Equal("Are you there?", $"{(await back.Listen("\"3\""))["messages"]!.AsArray()[^1]!["text"]}");
    }

    [Fact]
    public async Task A_transcript_too_long_for_one_push_comes_in_several()
    {
        await using var server = await RunningServer.Start(
            null, "--Parley:GmsCometd:BatchMs=0", "--Parley:Customers:MaxEventsPerAnswer=2");
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada", more: ",\"text\":\"2\"");
        for (var i = 3; i <= 7; i++) await ada.Publish("sendMessage", $",\"message\":\"{i}\"");
        await using var page = await ada.OpenAnother();

        var indexes = new List<int>();
        for (var push = await page.Listen(); ; push = await page.Next())
        {
            Assert.InRange(push["messages"]!.AsArray().Count, 1, 2);
            indexes.AddRange(push["messages"]!.AsArray().Select(m => m!["index"]!.GetValue<int>()));
            if (push["nextPosition"]!.GetValue<int>() == 8) break;
        }
        Assert.Equal(Enumerable.Range(1, 7), indexes);
    }
}
