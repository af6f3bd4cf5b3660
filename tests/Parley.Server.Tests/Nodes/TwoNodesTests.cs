using System.Net;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Nodes;

public sealed class TwoNodesTests
{
    [Fact]
    public async Task What_one_node_answered_is_known_at_the_other_at_once()
    {
        await using var nodes = await NodePair.Start();
        await using var atOne = nodes.One.Agent(1);
        await using var atTwo = nodes.Two.Agent(1);
        await atOne.SignIn();
        await atOne.GoReady();
        using var customer = await nodes.Two.Customer("Ada");
        var chat = await atOne.NextOffer();

        (await atTwo.Do(chat, "Accept")).Succeeded();
        Assert.Equal("Chatting", (await atOne.ReadChats())[0]!["state"]!.GetValue<string>());
        for (var i = 0; i < 30; i++)
        {
            var (here, there) = i % 2 == 0 ? (atOne, atTwo) : (atTwo, atOne);
            (await here.Do(chat, "SendMessage", new JsonObject { ["text"] = $"line {i}" })).Succeeded();

            Assert.Equal($"line {i}", (await there.ReadMessages(chat))[^1]!["text"]!.GetValue<string>());
            Assert.Contains($"line {i}", (await customer.ReadAll()).ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_agent_hears_what_happens_at_the_other_node()
    {
        await using var nodes = await NodePair.Start();
        await using var agent = nodes.One.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await nodes.Two.Customer("Ada");
        await agent.AcceptNext();

        await customer.Say("from the other side");

        var heard = await agent.Inbox.Next(AgentClient.Chats, "the message");
        Assert.Equal("from the other side", heard["messages"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_CometD_session_is_unknown_to_the_other_node_which_advises_a_handshake()
    {
        await using var nodes = await NodePair.Start();
        await using var agent = nodes.One.Agent(1);
        await agent.Listener.Handshake();
        using var elsewhere = new BayeuxElsewhere(nodes.Two.Address);

        var reply = await elsewhere.Connect(agent.Listener.ClientId);

        Assert.False(reply["successful"]!.GetValue<bool>());
        Assert.StartsWith("402", reply["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("handshake", reply["advice"]!["reconnect"]!.GetValue<string>());
    }

    [Fact]
    public async Task Whoever_speaks_CometD_is_told_the_node_by_a_cookie()
    {
        await using var nodes = await NodePair.Start();
        using var elsewhere = new BayeuxElsewhere(nodes.Two.Address);

        Assert.Equal("two", await elsewhere.NodeCookie());
    }

    [Fact]
    public async Task A_sign_in_at_one_node_counts_at_the_other_until_it_is_logged_out_of()
    {
        await using var nodes = await NodePair.Start();
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false });
        var cookie = await SignInAt(nodes.One.Address, browser);

        Assert.Equal(HttpStatusCode.OK, await StatusAt(nodes.Two.Address, browser, cookie));
        using (var logOut = new HttpRequestMessage(HttpMethod.Post, new Uri(nodes.One.Address, "/api/v2/logout")))
        {
            logOut.Headers.Add("Cookie", cookie);
            (await browser.SendAsync(logOut)).EnsureSuccessStatusCode();
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAt(nodes.Two.Address, browser, cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAt(nodes.One.Address, browser, cookie));
    }

    [Theory]
    [InlineData("JSESSIONID=0123456789abcdef0123456789abcdef")]
    [InlineData("JSESSIONID=YWdlbnQx.0123456789abcdef0123456789abcdef.1700000000.0123456789abcdef0123456789abcdef")]
    [InlineData("JSESSIONID=...")]
    public async Task A_cookie_that_no_node_has_made_opens_nothing(string cookie)
    {
        await using var nodes = await NodePair.Start();
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAt(nodes.Two.Address, browser, cookie));
    }

    [Fact]
    public async Task Chats_are_routed_when_the_node_that_routed_is_gone()
    {
        await using var nodes = await NodePair.Start();
        await using var agent = nodes.Two.Agent(1);
        await agent.SignIn();
        await agent.GoReady();

        await nodes.One.DisposeAsync();
        using var customer = await nodes.Two.Customer("Ada");

        await agent.AcceptNext();
    }

    private static async Task<string> SignInAt(Uri node, HttpClient browser)
    {
        using var response = await browser.PostAsync(
            new Uri(node, "/api/v2/login"),
            new StringContent("""{"userName":"agent1","password":"secret1"}""", null, "application/json"));
        return response.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("JSESSIONID", StringComparison.Ordinal))
            .Split(';')[0];
    }

    private static async Task<HttpStatusCode> StatusAt(Uri node, HttpClient browser, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, "/api/v2/me"));
        request.Headers.Add("Cookie", cookie);
        using var response = await browser.SendAsync(request);
        return response.StatusCode;
    }
}
