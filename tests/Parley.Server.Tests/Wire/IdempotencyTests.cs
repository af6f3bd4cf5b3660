using System.Text;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>A request repeated with the same <c>Idempotency-Key</c> because its answer was lost.</summary>
public sealed class IdempotencyTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    [Fact]
    public async Task An_agents_message_sent_twice_with_one_key_is_said_once_and_answered_alike()
    {
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v2/me/chats/{desk.ChatId}");
            request.Headers.Add("Idempotency-Key", "agent-1");
            request.Content = new StringContent(
                """{"operationName":"SendMessage","text":"only once"}""", Encoding.UTF8, "application/json");
            using var response = await desk.Agent.Http.SendAsync(request, TestContext.Current.CancellationToken);
            (await Answer.Read(response)).Succeeded();
        }
        Assert.Single(await desk.Agent.ReadMessages(desk.ChatId), m => m!["text"]?.GetValue<string>() == "only once");
    }

    [Fact]
    public async Task A_customers_message_sent_twice_with_one_key_is_said_once_and_answered_alike()
    {
        using var http = new HttpClient { BaseAddress = desk.Server.Address };
        var answers = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var form = new FormUrlEncodedContent(
                [new("secureKey", desk.Customer.SecureKey), new("message", "just once"), new("transcriptPosition", "3")]);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{CustomerClient.Service}/{desk.ChatId}/send")
            {
                Content = form,
            };
            request.Headers.Add("Idempotency-Key", "customer-1");
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            answers.Add((await DoorAnswer.Read(response)).Succeeded().Text);
        }
        Assert.Equal(answers[0], answers[1]);
        Assert.Single((await desk.Customer.ReadAll())["messages"]!.AsArray(), m => m!["text"]?.GetValue<string>() == "just once");
    }
}
