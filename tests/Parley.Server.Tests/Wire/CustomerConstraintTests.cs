using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>What customers' software demands of the GMS Chat v2 door. The numbers are the constraints'.</summary>
/// <remarks>K1, K2 and K6 are checked on every answer any test of this project reads: see <see cref="DoorAnswer"/>.</remarks>
public sealed class CustomerConstraintTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    private static readonly string[] EventTypes =
    [
        "ParticipantJoined", "ParticipantLeft", "Message", "TypingStarted", "TypingStopped", "NicknameUpdated", "PushUrl",
        "FileUploaded", "FileDeleted", "CustomNotice", "Notice", "IdleAlert", "IdleClose",
    ];

    [Fact]
    public void Creating_a_chat_answers_keys_and_the_customers_own_joining() =>
        JsonPattern.Parse("""
            {"statusCode":0,"chatId":…,"userId":…,"secureKey":…,"alias":…,"chatEnded":false,"nextPosition":2,
             "messages":[{"index":1,"type":"ParticipantJoined","from":{"nickname":"Ada","participantId":1,"type":"Client"},"utcTime":…}],…}
            """).Check(desk.Customer.Created, "create");

    [Theory]
    [InlineData("refresh", "transcriptPosition", "1")]
    [InlineData("refresh", "message", "")]
    [InlineData("send", "message", "K1")]
    [InlineData("startTyping", "message", "")]
    [InlineData("stopTyping", "message", "")]
    public async Task K1_K2_K3_every_answer_has_an_integer_status_code_a_boolean_chat_ended_messages_and_the_chat_id(
        string operation, string field, string value)
    {
        var answer = (await desk.Customer.Post(operation, (field, value))).Succeeded();
        JsonPattern.Parse(
            $$"""
            {"statusCode":0,"chatEnded":false,"chatId":"{{desk.ChatId}}","secureKey":"{{desk.Customer.SecureKey}}",
             "userId":…,"alias":…,"messages":…,…}
            """)
            .Check(answer.Body, operation);
    }

    [Fact]
    public async Task K3_errors_in_a_chat_carry_the_chat_id_too()
    {
        var empty = await desk.Customer.Post("send", ("message", ""));
        Assert.Equal(desk.ChatId, empty.Body["chatId"]?.GetValue<string>());
    }

    [Fact]
    public async Task K4_every_event_says_who_when_and_one_of_the_known_types()
    {
        await desk.Customer.Say("K4");
        (await desk.Agent.Do(desk.ChatId, "SendMessage", new JsonObject { ["text"] = "K4" })).Succeeded();
        var messages = (await desk.Customer.ReadAll())["messages"]!.AsArray();
        Assert.True(messages.Count >= 4);
        Assert.All(messages, m =>
        {
            Assert.Contains(m!["type"]!.GetValue<string>(), EventTypes);
            Assert.Contains(m["from"]!["type"]!.GetValue<string>(), (string[])["Client", "Agent", "Supervisor", "External"]);
            Assert.NotEmpty(m["from"]!["nickname"]!.GetValue<string>());
            Assert.InRange(m["from"]!["participantId"]!.GetValue<int>(), 1, 9);
            Assert.InRange(m["utcTime"]!.GetValue<long>(), 1_600_000_000_000, 9_999_999_999_999);
            Assert.InRange(m["index"]!.GetValue<int>(), 1, int.MaxValue);
        });
    }

    [Fact]
    public async Task K5_a_customer_is_never_sent_attached_data_nor_anything_about_the_agent_but_the_nickname()
    {
        (await desk.Agent.Do(desk.ChatId, "AttachUserData", new JsonObject { ["userData"] = new JsonObject { ["Secret"] = 3 } }))
            .Succeeded();
        var text = (await desk.Customer.ReadAll()).ToJsonString();
        Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(await desk.Agent.ReadId(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("Support", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task K6_an_answer_without_errors_does_not_mention_any()
    {
        var answer = (await desk.Customer.Post("refresh", ("transcriptPosition", "1"))).Succeeded();
        Assert.False(answer.Body.ContainsKey("errors"));
        Assert.False(desk.Customer.Created.ContainsKey("errors"));
    }

    [Theory]
    [InlineData("alias")]
    [InlineData("userId")]
    [InlineData("secureKey")]
    [InlineData("chatId")]
    public void K9_identifiers_are_not_empty_and_made_of_letters_digits_and_hyphens(string name) =>
        Assert.Matches("^[0-9A-Za-z-]+$", desk.Customer.Created[name]!.GetValue<string>());

    [Fact]
    public async Task K10_a_wrong_e_mail_address_is_answered_400_with_code_364()
    {
        var answer = await Create(("nickname", "Ida"), ("emailAddress", "not an address"));
        Assert.Equal((400, 364), (answer.Http, Assert.Single(answer.ErrorCodes)));
    }

    [Fact]
    public async Task K10_a_message_too_long_is_answered_400_with_code_204_and_not_logged()
    {
        var before = await desk.Customer.ReadAll();
        var answer = await desk.Customer.Post("send", ("message", new string('x', 4097)));
        Assert.Equal((400, 204), (answer.Http, Assert.Single(answer.ErrorCodes)));
        Assert.True(JsonNode.DeepEquals(before, await desk.Customer.ReadAll()));
    }

    [Fact]
    public async Task A_message_just_short_enough_is_taken_and_a_preview_too_long_is_no_error_on_refresh()
    {
        (await desk.Customer.Post("send", ("message", new string('x', 4096)))).Succeeded();
        (await desk.Customer.Post("refresh", ("message", new string('x', 5000)), ("transcriptPosition", "1"))).Succeeded();
    }

    [Fact]
    public async Task K11_the_door_answers_within_three_seconds()
    {
        var started = Stopwatch.StartNew();
        await desk.Customer.Say("K11");
        await desk.Customer.ReadAll();
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(3), $"{started.Elapsed}");
    }

    [Fact]
    public async Task K12_a_trailing_slash_makes_no_difference()
    {
        using var http = new HttpClient { BaseAddress = desk.Server.Address };
        (await DoorAnswer.Post(http, CustomerClient.Service + "/", [KeyValuePair.Create("nickname", "Ida")])).Succeeded();
        (await desk.Customer.Post("refresh/", ("transcriptPosition", "1"))).Succeeded();
    }

    [Fact]
    public async Task K13_the_transcript_position_may_be_a_number_or_a_string_in_json()
    {
        foreach (var position in new[] { "2", "\"2\"" })
        {
            var answer = await PostJson(
                "refresh", $$"""{"secureKey":"{{desk.Customer.SecureKey}}","transcriptPosition":{{position}}}""");
            Assert.Equal(2, answer.Succeeded().Body["messages"]![0]!["index"]!.GetValue<int>());
        }
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("2", 2)]
    [InlineData("1", 1)]
    public async Task K14_only_events_from_the_position_on_are_sent(string position, int first)
    {
        await desk.Customer.Say("K14");
        var answer = (await desk.Customer.Post("refresh", ("transcriptPosition", position))).Succeeded().Body;
        Assert.Equal(first, answer["messages"]![0]!["index"]!.GetValue<int>());
    }

    [Fact]
    public async Task K14_position_0_asks_for_nothing_and_minus_1_for_the_last_event()
    {
        await desk.Customer.Say("the last");
        Assert.Empty((await desk.Customer.Post("refresh", ("transcriptPosition", "0"))).Succeeded().Body["messages"]!.AsArray());
        var last = Assert.Single(
            (await desk.Customer.Post("refresh", ("transcriptPosition", "-1"))).Succeeded().Body["messages"]!.AsArray());
        Assert.Equal("the last", last!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task K16_empty_fields_count_as_absent()
    {
        var created = await Create(
            ("nickname", ""), ("firstName", "Ida"), ("lastName", "Bird"), ("alias", ""), ("secureKey", ""), ("userId", ""),
            ("text", ""), ("emailAddress", ""));
        var message = Assert.Single(created.Succeeded().Body["messages"]!.AsArray());
        Assert.Equal("Ida Bird", message!["from"]!["nickname"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_first_text_is_logged_right_after_the_joining()
    {
        var created = (await Create(("nickname", "Ida"), ("text", "Hello?"))).Succeeded().Body;
        JsonPattern.Parse(
            """
            {"nextPosition":3,
             "messages":[{"index":1,"type":"ParticipantJoined",…},{"index":2,"type":"Message","text":"Hello?",…}],…}
            """)
            .Check(created, "create");
    }

    [Fact]
    public async Task K17_unknown_fields_are_ignored()
    {
        (await Create(("nickname", "Ida"), ("_", "1700000000"), ("endpoint", "Environment:other"), ("whatever", "x")))
            .Succeeded();
        (await desk.Customer.Post(
            "send", ("message", "K17"), ("_", "1"), ("userId", "stale"), ("alias", "stale"), ("endpoint", "x")))
            .Succeeded();
    }

    [Fact]
    public async Task K18_multipart_parts_may_say_they_are_octets()
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("nickname", "Ida \u2600"), ("subject", "Parcel"), ("userData[Plan]", "Gold") })
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, name);
        }
        using var http = new HttpClient { BaseAddress = desk.Server.Address };
        var created = (await DoorAnswer.Post(http, CustomerClient.Service, form)).Succeeded().Body;
        Assert.Equal("Ida \u2600", created["messages"]![0]!["from"]!["nickname"]!.GetValue<string>());
    }

    [Fact]
    public async Task K19_next_position_is_the_highest_index_delivered_plus_one_or_the_one_asked_for()
    {
        await desk.Customer.Say("K19");
        var all = await desk.Customer.ReadAll();
        var highest = all["messages"]!.AsArray().Max(m => m!["index"]!.GetValue<int>());
        Assert.Equal(highest + 1, all["nextPosition"]!.GetValue<int>());
        var beyond = (await desk.Customer.Post("refresh", ("transcriptPosition", "4711"))).Succeeded().Body;
        Assert.Empty(beyond["messages"]!.AsArray());
        Assert.Equal(4711, beyond["nextPosition"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_chat_may_be_created_with_a_json_body()
    {
        using var http = new HttpClient { BaseAddress = desk.Server.Address };
        using var body = new StringContent(
            """{"firstName":"Ida","lastName":"Bird","userData":{"Plan":"Gold"}}""", Encoding.UTF8, "application/json");
        (await DoorAnswer.Post(http, CustomerClient.Service, body)).Succeeded();
    }

    [Fact]
    public async Task A_client_that_asks_for_patience_gets_an_answer_and_nothing_is_logged()
    {
        var before = await desk.Customer.ReadAll();
        (await desk.Customer.Post("customNotice", ("eventAttributes", """{"purpose":"cancel-idle-timer"}"""))).Succeeded();
        Assert.True(JsonNode.DeepEquals(before, await desk.Customer.ReadAll()));
    }

    private Task<DoorAnswer> PostJson(string operation, string json)
    {
        var http = new HttpClient { BaseAddress = desk.Server.Address };
        return DoorAnswer.Post(
            http, $"{CustomerClient.Service}/{desk.ChatId}/{operation}",
            new StringContent(json, Encoding.UTF8, "application/json"));
    }

    private async Task<DoorAnswer> Create(params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient { BaseAddress = desk.Server.Address };
        return await DoorAnswer.Post(http, CustomerClient.Service, fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
    }
}
