using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.Json;
using Parley.Client;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>
/// An agent's desktop: hears of chats by CometD on <c>/v2/me/chats</c> and does everything else by REST. A session that comes
/// after another is told what it missed, by replay where the server offers it; where it does not, or says a gap, the desktop
/// reads everything again.
/// </summary>
internal sealed class Agent : IBayeuxListener, IDisposable
{
    private const string Topic = "/v2/me/chats";
    private const string Me = "/api/v2/me";
    private const string Endpoint = "/api/v2/notifications";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Play play;
    private readonly HttpWire wire;
    private readonly BayeuxLine line;
    private readonly ConcurrentDictionary<string, AgentTalk> talks = new();
    private readonly Random random;
    private readonly CancellationTokenSource endOfShift;
    private readonly TaskCompletionSource atWork = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task listening = Task.CompletedTask;
    private long position = -1;
    private bool wasThere;
    private string userId = "";
    private int seeds;
    private int views;

    public Agent(Play play, string name, string password, int number)
    {
        (this.play, Name) = (play, name);
        endOfShift = CancellationTokenSource.CreateLinkedTokenSource(play.Cancel);
        random = new Random(play.Options.Seed - number);
        wire = new HttpWire(play.Service, $"{name}:{password}");
        var cookies = new BrowserCookies();
        line = new BayeuxLine(
            () => number % 2 == 0 ? new PollingWay(wire, Endpoint, cookies) : new SocketWay(wire, Endpoint, cookies), this);
    }

    public string Name { get; }

    /// <summary>The colleague who is asked for help; null for none.</summary>
    public Agent? Colleague { get; set; }

    /// <summary>The address under which colleagues are asked for help.</summary>
    public string Uri => $"/api/v2/users/{userId}";

    public bool IsIdle => talks.IsEmpty;

    /// <summary>Done only if the agent came to an unexpected end.</summary>
    public Task Listening => listening;

    /// <summary>What the agent is at, for a play that waits for it in vain.</summary>
    public string AtWorkOn => string.Join(", ", talks.Values.Select(talk => $"{Name}: {talk.AtWorkOn}"));

    /// <summary>A name for the agent's eyes during one time in one chat.</summary>
    public string NextView() => $"{Name}/{Interlocked.Increment(ref views)}";

    /// <summary>Signs in, and is at work when this returns.</summary>
    public async Task StartAsync()
    {
        Reply me;
        while ((me = await wire.GetAsync(Me, play.Cancel)).Fate != Fate.Acknowledged)
        {
            if (me.Fate == Fate.Refused) throw new IOException($"{Name} cannot sign in: {me.Why}");
            await Task.Delay(Pause, play.Cancel);
        }
        userId = me.Body.GetProperty("user").GetProperty("id").GetString()!;
        listening = Task.Run(() => line.StayAsync(endOfShift.Token), CancellationToken.None);
        await atWork.Task.WaitAsync(play.Cancel);
    }

    /// <summary>Goes home.</summary>
    public async Task StopAsync()
    {
        await endOfShift.CancelAsync();
        await listening;
        foreach (var talk in talks.Values) await talk.StopAsync();
        await wire.PostJsonAsync(Me, new() { ["operationName"] = "EndContactCenterSession" }, null, CancellationToken.None);
    }

    public void Resumed() => play.Journal.Add(new Opened(Name, SessionKind.Resumed));

    public void TurnedAway() => wire.SignInAgain();

    public async Task StartedAsync(BayeuxLine line, CancellationToken cancel)
    {
        var replays = line.OffersReplay && wasThere && position >= 0;
        if (replays && await SubscribeAsync(line, position, cancel) is { } why)
        {
            play.Journal.Add(new GapSaid(Name, why));
            replays = false;
        }
        if (!replays && await SubscribeAsync(line, line.OffersReplay ? -1 : null, cancel) is { } refusal)
            throw new IOException(refusal);
        play.Journal.Add(new Opened(
            Name, !wasThere ? SessionKind.First : replays ? SessionKind.Replayed : SessionKind.Reread));
        if (!replays) await ReadEverythingAsync(cancel);
        wasThere = true;
        await GoReadyAsync(cancel);
        atWork.TrySetResult();
    }

    public void Heard(string channel, JsonObject data)
    {
        if (channel != Topic) return;
        var notice = JsonElement.Parse(data.ToJsonString());
        if (notice.TryGetProperty("event", out var said) && said.TryGetProperty("replayId", out var id)) Reach(id.GetInt64());
        switch ($"{notice.GetProperty("messageType")}")
        {
            case "ChatStateChangeMessage":
                var chat = notice.GetProperty("chat");
                TalkOf(chat.GetProperty("id").GetString()!).StateChanged(chat);
                break;
            case "MessageLogUpdated" when notice.TryGetProperty("messages", out var messages):
                var path = notice.GetProperty("chatPath").GetString()!;
                if (talks.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var talk)) talk.Told(messages);
                break;
        }
    }

    public void Dispose()
    {
        wire.Dispose();
        endOfShift.Dispose();
    }

    private AgentTalk TalkOf(string chat) => talks.GetOrAdd(
        chat, id => new AgentTalk(
            play, this, wire, id, new Random(play.Options.Seed + Interlocked.Increment(ref seeds) + random.Next()),
            gone => talks.TryRemove(gone, out _)));

    /// <returns>Null, or why it was refused for good.</returns>
    private static async Task<string?> SubscribeAsync(BayeuxLine line, long? from, CancellationToken cancel)
    {
        var members = new JsonObject { ["subscription"] = Topic };
        if (from is { } position) members["ext"] = new JsonObject { ["replay"] = new JsonObject { [Topic] = position } };
        var reply = await line.AskAsync("/meta/subscribe", members, cancel);
        if (BayeuxLine.Successful(reply)) return null;
        var why = $"{reply["error"]}";
        // 402: the session was lost meanwhile; 503: it is to be asked again. Neither says that there is a gap
        var isToBeTriedAgain = why.StartsWith("402", StringComparison.Ordinal) || why.StartsWith("503", StringComparison.Ordinal);
        return isToBeTriedAgain ? throw new IOException(why) : why;
    }

    private void Reach(long number)
    {
        if (number <= position) play.Journal.Add(new OutOfTurn(Name, number, position));
        else position = number;
    }

    private async Task GoReadyAsync(CancellationToken cancel)
    {
        while (true)
        {
            // refused unless the session has begun, which it has if the agent was never away for too long
            var ready = await wire.PostJsonAsync(Me, new() { ["operationName"] = "Ready" }, null, cancel);
            if (ready.Fate == Fate.Acknowledged) return;
            if (ready.Fate == Fate.Refused)
            {
                var start = new JsonObject { ["operationName"] = "StartContactCenterSession" };
                start["channels"] = new JsonArray("chat");
                await wire.PostJsonAsync(Me, start, null, cancel);
            }
            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>Takes the list of chats for the truth, and reads the transcript of each.</summary>
    private async Task ReadEverythingAsync(CancellationToken cancel)
    {
        Reply list;
        while ((list = await wire.GetAsync($"{Me}/chats?fields=*", cancel)).Fate != Fate.Acknowledged)
            await Task.Delay(Pause, cancel);
        var mine = list.Body.GetProperty("chats").EnumerateArray().ToDictionary(chat => chat.GetProperty("id").GetString()!);
        foreach (var (id, talk) in talks)
            if (!mine.ContainsKey(id)) talk.IsGone();
        foreach (var (id, chat) in mine)
        {
            var talk = TalkOf(id);
            while (!await talk.RefillAsync()) await Task.Delay(Pause, cancel);
            talk.StateChanged(chat);
        }
    }
}
