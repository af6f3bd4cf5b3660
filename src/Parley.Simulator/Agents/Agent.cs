using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Client;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;
using Parley.Simulator.Options;

namespace Parley.Simulator.Agents;

/// <summary>An agent with a desktop: is told of chats by CometD, and does everything else by REST.</summary>
internal sealed class Agent : IBayeuxListener, IAsyncDisposable
{
    private const string Topic = "/v2/me/chats";
    private const string Me = "/api/v2/me";
    private const string Endpoint = "/api/v2/notifications";
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly Shift shift;
    private readonly HttpWire wire;
    private readonly BayeuxLine line;
    private readonly Desk desk;
    private readonly bool losesConnections;
    private readonly CancellationTokenSource endOfShift = new();
    private readonly TaskCompletionSource atWork = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task listening = Task.CompletedTask;
    private Task losing = Task.CompletedTask;

    public Agent(Shift shift, Login login)
    {
        (this.shift, Name) = (shift, login.Name);
        var chance = new Chance(shift.Options.Seed, $"agent {Name}");
        wire = new HttpWire(shift.Options.Url, $"{login.Name}:{login.Password}");
        line = new BayeuxLine(shift.Ways(wire, Endpoint, chance.Of(Enum.GetValues<Push>())), this);
        losesConnections = chance.Happens(shift.Options.Reconnects);
        desk = new Desk(shift, this, wire);
    }

    public string Name { get; }

    /// <summary>The address under which colleagues give chats to this agent.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The colleague whom chats are given to; null for none.</summary>
    public Agent? Colleague { get; set; }

    /// <summary>Signs in, and is ready for chats when this returns.</summary>
    /// <exception cref="IOException">The agent cannot work; the message says why.</exception>
    public async Task StartAsync()
    {
        var (me, verdict) = await shift.Meter.AskAsync("agent signs in", () => wire.GetAsync(Me, CancellationToken.None));
        if (verdict != Verdict.Done) throw new IOException($"{Name} cannot sign in at {shift.Options.Url}: {me.Why}");
        Address = $"/api/v2/users/{me.Body.GetProperty("user").GetProperty("id").GetString()}";
        listening = line.StayAsync(endOfShift.Token);
        if (losesConnections) losing = Losses.RunAsync(shift, $"agent {Name}", line.Break, endOfShift.Token);
        try
        {
            await atWork.Task.WaitAsync(StartPatience);
        }
        catch (TimeoutException)
        {
            throw new IOException($"{Name} cannot begin work: no session with {Topic} and the state Ready came about.");
        }
    }

    /// <summary>Finishes what is on the desk, and goes home.</summary>
    public async Task StopAsync()
    {
        await DoAsync("NotReady");
        await desk.FinishAsync();
        await endOfShift.CancelAsync();
        await Task.WhenAll(listening, losing);
        await DoAsync("EndContactCenterSession");
    }

    public async Task StartedAsync(BayeuxLine line, CancellationToken cancel)
    {
        var reply = await line.AskAsync("/meta/subscribe", new() { ["subscription"] = Topic }, cancel);
        if (!BayeuxLine.Successful(reply)) throw new IOException($"{reply["error"]}");
        await desk.ReadEverythingAsync();
        if (atWork.Task.IsCompleted) return;
        await DoAsync("StartContactCenterSession", new() { ["channels"] = new JsonArray("chat") });
        await DoAsync("Ready");
        atWork.TrySetResult();
    }

    public void Resumed()
    {
        // what was missed comes by itself, since events are acknowledged
    }

    public void TurnedAway() => wire.SignInAgain();

    public void Heard(string channel, JsonObject data)
    {
        if (channel == Topic) desk.Heard(JsonElement.Parse(data.ToJsonString()));
    }

    public async ValueTask DisposeAsync()
    {
        await endOfShift.CancelAsync();
        await Task.WhenAll(listening, losing);
        endOfShift.Dispose();
        desk.Dispose();
        wire.Dispose();
    }

    /// <exception cref="IOException">It was not done.</exception>
    private async Task DoAsync(string operation, JsonObject? parameters = null)
    {
        var body = parameters ?? [];
        body["operationName"] = operation;
        var (reply, verdict) = await shift.InsistAsync(
            $"agent: {operation}", key => wire.PostJsonAsync(Me, body, key, CancellationToken.None));
        if (verdict is not (Verdict.Done or Verdict.TooLate)) throw new IOException($"{Name}, {operation}: {reply.Why}");
    }
}
