using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Clients;

/// <summary>
/// The main job, and a customer's side, played by the official CometD JavaScript client, which knows nothing of this project.
/// </summary>
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

    [Theory]
    [InlineData("long-polling", "widget")]
    [InlineData("websocket", "widget")]
    [InlineData("long-polling", "sdk")]
    [InlineData("websocket", "sdk")]
    public async Task A_customer_is_pushed_its_chat_over(string transport, string manner)
    {
        Assert.NotNull(peer);
        await using var server = await RunningServer.Start();
        await NodePeer.Play("customer.mjs", server.Address.AbsoluteUri.TrimEnd('/'), transport, manner);
    }
}
