namespace Parley.Simulator.Customers;

/// <summary>Who said a line of the transcript.</summary>
internal enum Speaker
{
    Customer,
    Agent,
    Server,
}

/// <summary>A line of the transcript as the customer is told it.</summary>
/// <param name="Text">Null for what is no text.</param>
internal sealed record Line(int Index, Speaker Speaker, string? Text);

/// <summary>What a customer was told so far, by polls or pushes; a line that is told again counts once.</summary>
/// <param name="time">The customer's time.</param>
/// <param name="agentCame">Called once, when an agent shows.</param>
internal sealed class Hearing(TimeProvider time, Action agentCame)
{
    private readonly Lock gate = new();
    private readonly List<string> ownTexts = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The index of the last line.</summary>
    public int LastIndex { get; private set; }

    /// <summary>Texts of agents.</summary>
    public int Answers { get; private set; }

    public bool HasAgent { get; private set; }

    /// <summary>Whether the chat is over for the customer.</summary>
    public bool IsOver { get; private set; }

    public void Told(Line line)
    {
        var isFirstOfAgent = false;
        lock (gate)
        {
            if (line.Index <= LastIndex) return;
            LastIndex = line.Index;
            if (line.Speaker == Speaker.Agent)
            {
                isFirstOfAgent = !HasAgent;
                HasAgent = true;
                if (line.Text is not null) Answers++;
            }
            else if (line is { Speaker: Speaker.Customer, Text: { } text }) ownTexts.Add(text);
        }
        if (isFirstOfAgent) agentCame();
        Wake();
    }

    /// <summary>The customer was told that the chat is over.</summary>
    public void Over()
    {
        lock (gate) IsOver = true;
        Wake();
    }

    /// <summary>Waits until it is so, in the customer's time; false if the chat or patience ended before.</summary>
    public async Task<bool> UntilAsync(Func<bool> isSo, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        while (true)
        {
            Task change;
            lock (gate) change = changed.Task;
            if (isSo()) return true;
            if (IsOver || either.IsCancellationRequested) return false;
            await change.WaitAsync(either.Token).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>How the customer's own texts were told, if not all of them once and in order; null if they were.</summary>
    public string? FlawOf(IReadOnlyList<string> acknowledged)
    {
        lock (gate)
        {
            return ownTexts.SequenceEqual(acknowledged) ? null
                : acknowledged.Except(ownTexts).Any() ? "a message is missing from the transcript"
                : ownTexts.Count > acknowledged.Count ? "a message is in the transcript twice, or was refused and is there"
                : "messages are out of order in the transcript";
        }
    }

    private void Wake()
    {
        TaskCompletionSource done;
        lock (gate) (done, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        done.TrySetResult();
    }
}
