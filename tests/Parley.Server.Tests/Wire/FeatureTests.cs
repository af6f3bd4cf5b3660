using System.Text.Json.Nodes;
using Parley.Server.Provisioning;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Wire;

/// <summary>A contact centre without the chat features.</summary>
public sealed class FeatureTests
{
    [Theory]
    [InlineData(401, 20, "agent1", "wrong", "[]")]
    [InlineData(403, 5, "agent1", "secret1", "[]")]
    [InlineData(404, 6, "agent1", "secret1", """["api-multimedia"]""")]
    [InlineData(404, 6, "agent1", "secret1", """["api-multimedia-chat"]""")]
    [Quirk(13)]
    public async Task Either_multimedia_feature_opens_the_chat_api_and_without_both_every_call_is_refused(
        int http, int statusCode, string userName, string password, string features)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, DemoWith(features), TestContext.Current.CancellationToken);
            await using var server = await RunningServer.StartWith(file);
            await using var agent = new AgentClient(server.Address, userName, password);
            (await agent.Get("/api/v2/me/chats/0000Na0000NA0000")).Refused(http, statusCode);
            (await agent.Get("/api/v2/me/chats/0000Na0000NA0000/messages")).Refused(http, statusCode);
            (await agent.Do("0000Na0000NA0000", "Accept")).Refused(http, statusCode);
            (await agent.Get("/me/interactions/0000Na0000NA0000")).Refused(http, statusCode);
            (await agent.Get("/api/v2/interactions/0000Na0000NA0000")).Refused(http, statusCode);
            (await agent.Post("/me/interactions/0000Na0000NA0000", """{"operationName":"Accept"}""")).Refused(http, statusCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string DemoWith(string features)
    {
        using var demo = typeof(ParleyHost).Assembly.GetManifestResourceStream(Demo.Resource)!;
        var center = JsonNode.Parse(demo)!;
        center["features"] = JsonNode.Parse(features);
        return center.ToJsonString();
    }
}
