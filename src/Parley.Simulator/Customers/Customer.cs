using Parley.Client;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;
using Parley.Simulator.Options;

namespace Parley.Simulator.Customers;

/// <summary>A customer who comes, says what was planned, each after the answer to the one before, and leaves.</summary>
internal sealed class Customer : IAsyncDisposable
{
    private readonly Shift shift;
    private readonly CustomerPlan plan;
    private readonly IDoor door;
    private readonly Hearing hearing;
    private readonly List<string> acknowledged = [];

    public Customer(Shift shift, CustomerPlan plan)
    {
        (this.shift, this.plan) = (shift, plan);
        var came = shift.Time.GetTimestamp();
        hearing = new Hearing(shift.Time, () => shift.Tally.AgentCame(shift.Time.GetElapsedTime(came)));
        var wire = new HttpWire(shift.Options.Url);
        door = plan.Door switch
        {
            Door.Gws => new GwsDoor(shift, wire, hearing),
            Door.Gms => new GmsDoor(shift, wire, hearing),
            _ => new CometdDoor(shift, wire, hearing, plan.Push),
        };
    }

    /// <summary>The whole stay, from coming to going.</summary>
    public async Task StayAsync()
    {
        shift.Tally.CustomerCame();
        var outcome = await ChatAsync();
        shift.Tally.CustomerWent(outcome, hearing.HasAgent);
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    private async Task<Outcome> ChatAsync()
    {
        var (_, verdict) = await shift.Meter.AskAsync(
            $"customer begins, {plan.Door}", () => door.BeginAsync(plan.Nickname), Verdicts.OfBeginning);
        if (verdict != Verdict.Done) return verdict == Verdict.Overload ? Outcome.TurnedAway : Outcome.Failed;
        using var gone = new CancellationTokenSource();
        var listening = door.ListenAsync();
        var losing = plan.LosesConnections
            ? Losses.RunAsync(shift, $"customer {plan.Number}", door.LoseConnection, gone.Token)
            : Task.CompletedTask;
        var outcome = await TalkAsync();
        if (!hearing.IsOver) await shift.InsistAsync("customer leaves", _ => door.LeaveAsync());
        await gone.CancelAsync();
        await losing;
        await listening;
        if (!hearing.IsOver) shift.Meter.Note(Verdict.Wrong, $"{plan.Door}: a customer who left was not told of the end");
        else if (hearing.FlawOf(acknowledged) is { } flaw) shift.Meter.Note(Verdict.Wrong, $"{plan.Door}: {flaw}");
        return outcome;
    }

    private async Task<Outcome> TalkAsync()
    {
        foreach (var turn in plan.Turns)
        {
            var answers = hearing.Answers;
            if (await SayAsync(turn) is { } end) return end;
            if (await hearing.UntilAsync(() => hearing.Answers > answers, Patience, shift.Closing)) continue;
            return Otherwise ?? (hearing.HasAgent ? Outcome.Unanswered : Outcome.GaveUp);
        }
        return Outcome.Done;
    }

    /// <summary>Once somebody is there, nobody waits less than most people would.</summary>
    private TimeSpan Patience =>
        hearing.HasAgent && plan.Patience < shift.Options.Patience ? shift.Options.Patience : plan.Patience;

    /// <summary>Why the talk is over before its time; null if it goes on.</summary>
    private Outcome? Otherwise =>
        shift.Closing.IsCancellationRequested ? Outcome.CutShort : hearing.IsOver ? Outcome.Ended : null;

    /// <returns>Null when it was said.</returns>
    private async Task<Outcome?> SayAsync(Turn turn)
    {
        if (!await shift.PassAsync(turn.Thinking) || hearing.IsOver) return Otherwise;
        await shift.Meter.AskAsync("customer types", door.StartTypingAsync);
        var isTyped = await shift.PassAsync(turn.Typing) && !hearing.IsOver;
        await shift.Meter.AskAsync("customer types", door.StopTypingAsync);
        if (!isTyped) return Otherwise;
        var (_, verdict) = await shift.InsistAsync($"customer sends, {plan.Door}", key => door.SendAsync(turn.Text, key));
        if (verdict == Verdict.Done)
        {
            shift.Tally.MessageSent();
            acknowledged.Add(turn.Text);
            return null;
        }
        return verdict == Verdict.TooLate ? Outcome.Ended : Outcome.Failed;
    }
}
