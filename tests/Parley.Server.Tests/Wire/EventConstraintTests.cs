using System.Text.Json.Nodes;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// What known clients demand of events, held against all events of a busy morning. The numbers are the constraints'.
/// </summary>
public sealed class EventConstraintTests(BusyMorning morning) : IClassFixture<BusyMorning>
{
    [Fact]
    public void C6_no_event_has_a_user_that_is_not_a_full_user_with_settings() =>
        Assert.DoesNotContain(morning.Events, e => e["data"]!["user"] is { } user && user["settings"] is not JsonObject);

    [Fact]
    [Constraint("A2")]
    public void C7_the_data_of_every_event_is_an_object_with_a_message_type() =>
        Assert.All(
            morning.Events, e => Assert.True(e["data"] is JsonObject data && data["messageType"] is JsonValue, e.ToJsonString()));

    [Fact]
    [Constraint("A2")]
    [Constraint("A16")]
    public void C8_every_chat_event_has_a_notification_type_of_its_message_type() =>
        Assert.All(morning.ChatEvents, data => Assert.Contains(
            $"{data["messageType"]} {data["notificationType"]}",
            (string[])
            [
                "ChatStateChangeMessage StatusChange", "ChatStateChangeMessage ParticipantsUpdated",
                "ChatStateChangeMessage PropertiesUpdated", "MessageLogUpdated NewMessages",
            ]));

    [Fact]
    [Quirk(21)]
    [Constraint("A1")]
    public void C9_every_chat_in_an_event_has_capabilities_empty_when_nothing_is_allowed()
    {
        Assert.All(morning.Chats, chat => Assert.IsType<JsonArray>(chat["capabilities"]));
        var ended = morning.Chats.Where(c => c["state"]!.GetValue<string>() is "Completed" or "Revoked").ToList();
        Assert.NotEmpty(ended);
        Assert.All(ended, chat => Assert.Empty(chat["capabilities"]!.AsArray()));
    }

    [Fact]
    [Constraint("A3")]
    [Constraint("A10")]
    public void C10_a_chat_is_first_heard_of_by_a_status_change_and_last_by_its_end()
    {
        foreach (var desktop in morning.PerDesktop)
        {
            var known = new HashSet<string>();
            foreach (var data in desktop.Where(e => e["channel"]!.GetValue<string>() == "/v2/me/chats").Select(e => e["data"]!))
            {
                var id = data["chat"]?["id"]?.GetValue<string>() ?? data["chatPath"]!.GetValue<string>()["/chats/".Length..];
                var isFirst = known.Add(id);
                Assert.False(isFirst && data["notificationType"]!.GetValue<string>() != "StatusChange", data.ToJsonString());
                if (data["chat"]?["state"]?.GetValue<string>() is "Completed" or "Revoked") known.Remove(id);
            }
            Assert.Empty(known);
        }
    }

    [Fact]
    [Constraint("A3")]
    public void C11_new_messages_carry_chat_path_and_chat_uri_and_no_id()
    {
        var updates = morning.ChatEvents.Where(d => d["messageType"]!.GetValue<string>() == "MessageLogUpdated").ToList();
        Assert.NotEmpty(updates);
        Assert.All(updates, data =>
        {
            var path = data["chatPath"]!.GetValue<string>();
            Assert.Matches("^/chats/[0-9A-Za-z]{16}$", path);
            Assert.EndsWith("/api/v2" + path, data["chatUri"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.False(data.ContainsKey("id"));
            Assert.NotEmpty(data["messages"]!.AsArray());
        });
    }

    [Fact]
    public void A_stored_transcript_is_announced_without_an_index_and_only_after_leaving()
    {
        foreach (var desktop in morning.PerDesktop)
        {
            var states = new Dictionary<string, string>();
            foreach (var data in desktop.Select(e => e["data"]!))
            {
                if (data["chat"] is { } chat) states["/chats/" + chat["id"]] = chat["state"]!.GetValue<string>();
                foreach (var message in data["messages"]?.AsArray() ?? [])
                    if (message!["type"]!.GetValue<string>() == "TranscriptSaveDone")
                        Assert.Equal(
                            (-1, "LeftChat"), (message["index"]!.GetValue<int>(), states[data["chatPath"]!.GetValue<string>()]));
            }
        }
        Assert.Contains(
            morning.ChatEvents.SelectMany(d => d["messages"]?.AsArray() ?? []),
            m => m!["type"]!.GetValue<string>() == "TranscriptSaveDone");
    }

    [Fact]
    [Covers("ChannelStateChangeMessageV2 on /v2/me/channels")]
    public void C12_channels_in_an_event_are_named_and_unique()
    {
        var changes = morning.DataOn("/v2/me/channels").ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, data =>
        {
            Assert.Equal("ChannelStateChangeMessageV2", data["messageType"]!.GetValue<string>());
            var names = data["channels"]!.AsArray().Select(c => c!["channel"]!.GetValue<string>()).ToList();
            Assert.NotEmpty(names);
            Assert.Equal(names.Distinct(), names);
        });
    }

    [Fact]
    public void C13_events_received_through_a_wildcard_keep_their_own_topic()
    {
        Assert.All(
            morning.Events,
            e => Assert.Contains(e["channel"]!.GetValue<string>(), (string[])["/v2/me/chats", "/v2/me/channels"]));
        Assert.NotEmpty(morning.ChatEvents);
    }

    [Fact]
    [Constraint("A11")]
    public void C14_the_uri_of_an_agent_ends_in_the_user_id()
    {
        var senders = morning.ChatEvents.SelectMany(d => d["messages"]?.AsArray() ?? []).Select(m => m!["from"]!.AsObject());
        var participants = morning.Chats.SelectMany(c => c["participants"]!.AsArray()).Select(p => p!.AsObject());
        var agents = senders.Concat(participants)
            .Where(p => p["type"]!.GetValue<string>() == "Agent" && p["nickname"]!.GetValue<string>() == "agent1").ToList();
        Assert.NotEmpty(agents);
        Assert.All(
            agents, a => Assert.EndsWith("/users/" + morning.Agent1Id, a["uri"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    [Quirk(16)]
    [Quirk(17)]
    [Constraint("A4")]
    public void Every_message_says_who_it_is_from_and_when_twice_the_same()
    {
        var messages = morning.ChatEvents.SelectMany(d => d["messages"]?.AsArray() ?? []).ToList();
        Assert.NotEmpty(messages);
        Assert.All(messages, m =>
        {
            Assert.NotNull(m!["from"]!["participantId"]);
            var text = m["timestamp"]!.GetValue<string>();
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$", text);
            var parsed = DateTimeOffset.ParseExact(text.Insert(text.Length - 2, ":"), "yyyy-MM-dd'T'HH:mm:ss.fffzzz", null);
            Assert.Equal(parsed.ToUnixTimeMilliseconds(), m["timestampSeconds"]!.GetValue<long>());
        });
    }

    [Fact]
    [Quirk(19)]
    public void Reference_ids_go_with_what_the_agent_asked_for_and_not_with_ends_or_messages()
    {
        var offers = morning.ChatEvents.Where(d => d["chat"]?["state"]?.GetValue<string>() is "Invited" or "Revoked");
        Assert.All(offers, d => Assert.Null(d["referenceId"]));
        Assert.All(
            morning.ChatEvents.Where(d => d["messageType"]!.GetValue<string>() == "MessageLogUpdated"),
            d => Assert.Null(d["referenceId"]));

        var changedByRequest = morning.PerDesktop[0]
            .Select(e => e["data"]!).Where(d => d["notificationType"]?.GetValue<string>() == "PropertiesUpdated").ToList();
        Assert.NotEmpty(changedByRequest);
        Assert.All(changedByRequest, d => Assert.True(d["referenceId"]!.GetValue<int>() > 0));
        var numbers = changedByRequest.Select(d => d["referenceId"]!.GetValue<int>()).ToList();
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact]
    [Quirk(19)]
    public void Both_state_changes_of_an_accept_carry_the_same_reference_id()
    {
        var desktop = morning.PerDesktop[0].Select(e => e["data"]!).ToList();
        var accepted = desktop.First(d =>
            d["notificationType"]?.GetValue<string>() == "StatusChange"
            && d["chat"]!["state"]!.GetValue<string>() == "Chatting");
        var joined = desktop.First(d => d["notificationType"]?.GetValue<string>() == "ParticipantsUpdated");
        Assert.NotNull(accepted["referenceId"]);
        Assert.Equal(accepted["referenceId"]!.GetValue<int>(), joined["referenceId"]!.GetValue<int>());
    }
}
