using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>A customer's chat through one door, and the agent in it.</summary>
internal abstract class HostileLine(HostileDesk desk, string agentChat) : IAsyncDisposable
{
    private int mark = 1;

    protected HttpClient Http => desk.Http;

    /// <summary>Asks for one operation, with a body whose characters are its bytes.</summary>
    public abstract Task<Reply> Ask(string operation, string body, Spelling spelling);

    /// <summary>Says something ordinary.</summary>
    public abstract Task<Reply> Say(string text);

    public abstract Task<Reply> Hang();

    /// <summary>The members of the request that say who asks and for what, ready for more to follow.</summary>
    public abstract string Head(string operation, Spelling spelling);

    /// <summary>What the customer is shown from an index on.</summary>
    protected abstract Task<JsonArray> Read(int from);

    /// <summary>Makes a request and checks what becomes of it; a refused one may store nothing.</summary>
    public async Task Try(string what, Verdict expected, Func<Task<Reply>> ask)
    {
        var before = await desk.Stored();
        var reply = await ask();
        Assert.True(expected.IsTaken == reply.IsDone, $"{what}: {reply.Text}");
        if (!reply.IsDone)
        {
            Assert.True(before == await desk.Stored(), $"{what} left something");
            return;
        }
        var view = await Look();
        Assert.True(View.Shows(view.Customer, expected.Customer), $"{what}: the customer sees {view}");
        Assert.True(View.Shows(view.Agent, expected.Agent), $"{what}: the agent sees {view}");
        await Move(what);
    }

    /// <summary>Nothing is shown of what was refused since, and the chat goes on.</summary>
    public async Task GoesOn(string after)
    {
        var view = await Look();
        Assert.True(view.Customer.Count == 0 && view.Agent[0]!.AsArray().Count == 0, $"after {after}: {view}");
        await Move(after);
    }

    /// <summary>What both are shown that is new since <see cref="Move"/>, and what the agent knows of the chat.</summary>
    public async Task<View> Look()
    {
        var messages = (await desk.Agent.Get($"/api/v2/me/chats/{agentChat}/messages?startIndex={mark}"))
            .Succeeded().Body["messages"]!.AsArray();
        var chat = (await desk.Agent.Get($"/api/v2/me/chats/{agentChat}?fields=*")).Succeeded().Body["chat"]!;
        return new View(await Read(mark), new JsonArray(messages.DeepClone(), chat.DeepClone()));
    }

    /// <summary>The customer says something, both are shown that and nothing else that is new, and it counts as old.</summary>
    public async Task Move(string after)
    {
        var messages = (await desk.Agent.Get($"/api/v2/me/chats/{agentChat}/messages?startIndex={mark}"))
            .Succeeded().Body["messages"]!.AsArray();
        if (messages.Count > 0) mark = messages[^1]!["index"]!.GetValue<int>() + 1;
        Assert.True((await Say("still here")).IsDone, $"the chat does not go on after {after}");
        var view = await Look();
        Assert.True(view.IsShown("still here") && view.Customer.Count == 1, $"after {after}: {view}");
        mark++;
    }

    public async ValueTask DisposeAsync()
    {
        await Hang();
        (await desk.Agent.Do(agentChat, "Complete")).Succeeded();
    }

    public static HttpContent Content(string body, string? mediaType)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        if (mediaType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}
