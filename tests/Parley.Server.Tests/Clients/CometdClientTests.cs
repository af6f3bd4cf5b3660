using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Clients;

/// <summary>The whole main job played by the official CometD JavaScript client, which knows nothing of this project.</summary>
public sealed class CometdClientTests(NodePeer peer) : IClassFixture<NodePeer>
{
    [Theory]
    [InlineData("long-polling", "/v2/me/chats,/v2/me/channels")]
    [InlineData("long-polling", "/**")]
    [InlineData("websocket", "/v2/me/chats")]
    [InlineData("websocket", "/**")]
    public async Task The_main_job_is_played_over(string transport, string topics)
    {
        Assert.NotNull(peer);
        await using var server = await RunningServer.Start();
        await NodePeer.Play("main-job.mjs", server.Address.AbsoluteUri.TrimEnd('/'), transport, topics);
    }
}
