using Parley.Client;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>
/// A customer at one door, who talks, leaves, and comes back under another name, whatever happens to the service.
/// </summary>
internal abstract class Customer(Play play, int number, string door) : IDisposable
{
    private const double ReadsAgain = 0.02;
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(300);

    private readonly Random random = new(play.Options.Seed + (number * 7919));
    private int talks;

    protected Play Play { get; } = play;

    protected HttpWire Wire { get; } = new(play.Service);

    /// <summary>The name of the present talk, which is the customer's nickname in it.</summary>
    protected string Talk { get; private set; } = "";

    /// <summary>The last index that the customer was told in this talk.</summary>
    protected int LastIndex { get; private set; }

    /// <summary>Whether the customer was told that the talk is over.</summary>
    protected bool IsOver { get; set; }

    /// <summary>What the customer is at, for a play that waits for it in vain.</summary>
    public string AtWorkOn { get; private set; } = "nothing";

    /// <summary>Talks until the play is finishing, and to the end of the talk.</summary>
    public async Task PlayAsync()
    {
        while (!Play.IsFinishing)
        {
            Talk = $"{Play.Options.Prefix}-{door}{number}-{++talks}";
            (LastIndex, IsOver, AtWorkOn) = (0, false, $"{Talk} beginning");
            if (!await BeginAsync())
            {
                Play.Abandon(Talk);
                await Task.Delay(RetryEvery, Play.Cancel);
                continue;
            }
            Play.Journal.Add(new TalkBegan(Talk, door));
            var listening = ListenAsync();
            await TalkAsync();
            AtWorkOn = $"{Talk} leaving";
            while (!IsOver && await LeaveAsync() == Fate.Unknown) await Task.Delay(RetryEvery, Play.Cancel);
            AtWorkOn = $"{Talk} waiting to be told of the end";
            await listening;
            AtWorkOn = $"{Talk} reading its transcript";
            while (!await ReadAgainAsync(ReadKind.Final)) await Task.Delay(RetryEvery, Play.Cancel);
            Play.Journal.Add(new ViewEnded(Talk, Talk));
        }
        AtWorkOn = "nothing";
    }

    public virtual void Dispose() => Wire.Dispose();

    /// <summary>Asks for a chat; false if there is none, or its keys did not arrive.</summary>
    protected abstract Task<bool> BeginAsync();

    /// <summary>Sends a text once.</summary>
    protected abstract Task<Reply> SendAsync(string text, string key);

    /// <summary>Leaves the chat; unknown to be asked again.</summary>
    protected abstract Task<Fate> LeaveAsync();

    /// <summary>Asks for what is new and tells it to <see cref="Told"/>; false if it was not answered.</summary>
    protected abstract Task<bool> PollAsync();

    /// <summary>The transcript from its beginning; null if it was not told.</summary>
    protected abstract Task<IReadOnlyList<Line>?> ReadAsync();

    /// <summary>Whether the agent's presence shows in what was told.</summary>
    protected bool HasAgent { get; private set; }

    /// <summary>Notes a line that was pushed or polled.</summary>
    protected void Told(Line line, bool isAgents)
    {
        Play.Journal.Add(new Heard(Talk, Talk, line));
        LastIndex = Math.Max(LastIndex, line.Index);
        HasAgent |= isAgents;
    }

    /// <summary>Polls until the end was told, and there is nothing more to be told.</summary>
    protected virtual async Task ListenAsync()
    {
        while (true)
        {
            var (before, wasOver) = (LastIndex, IsOver);
            var read = Play.Journal.NextRead();
            Play.Journal.Add(new ReadBegan(read, Talk));
            var isAnswered = await PollAsync();
            if (isAnswered) Play.Journal.Add(new Polled(read, Talk, Talk));
            if (isAnswered && wasOver && LastIndex == before) return;
            await Task.Delay(IsOver ? RetryEvery : PollEvery, Play.Cancel);
        }
    }

    private async Task TalkAsync()
    {
        HasAgent = false;
        var sender = new Sender(Play, Talk, Talk);
        var texts = random.Next(Play.Options.TextsPerTalk / 2, (Play.Options.TextsPerTalk * 3 / 2) + 1);
        // a few are said while nobody has come yet
        for (var said = 0; said < texts && !IsOver && !Play.IsFinishing;)
        {
            await Task.Delay(random.Next(Play.Options.PauseMs * 2), Play.Cancel);
            if (said >= 3 && !HasAgent) continue;
            said++;
            AtWorkOn = $"{Talk} saying {said} of {texts}";
            await sender.SayAsync(Readers.Everybody, SendAsync);
            if (random.NextDouble() < ReadsAgain) await ReadAgainAsync(ReadKind.Meanwhile);
        }
    }

    private async Task<bool> ReadAgainAsync(ReadKind kind)
    {
        var read = Play.Journal.NextRead();
        Play.Journal.Add(new ReadBegan(read, Talk));
        if (await ReadAsync() is not { } lines) return false;
        Play.Journal.Add(new ReadDone(read, Talk, Talk, kind, lines));
        return true;
    }
}
