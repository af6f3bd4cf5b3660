namespace Parley.LossChecker.Judging;

/// <summary>Something that must not happen, and where it did.</summary>
internal sealed record Violation(Wrong Kind, string Talk, string What)
{
    public override string ToString() => $"{Kind}: {Talk}: {What}";
}

/// <summary>What must not happen.</summary>
internal enum Wrong
{
    /// <summary>An acknowledged text is not in the transcript.</summary>
    Lost,

    /// <summary>A text is in the transcript twice, or a line was told twice.</summary>
    Doubled,

    /// <summary>Texts of one sender, or lines that somebody was told, are not in their order.</summary>
    Disordered,

    /// <summary>A text that nobody sent there, or that was refused, is in a transcript or was told.</summary>
    Unsent,

    /// <summary>Two were shown different things at one index.</summary>
    Contradicted,

    /// <summary>A reading lacks what had been acknowledged or told before it was asked for.</summary>
    Stale,

    /// <summary>Pushes and polls did not tell the whole transcript.</summary>
    Untold,

    /// <summary>A customer was shown what is for agents.</summary>
    Leaked,

    /// <summary>A talk has no transcript, or somebody waited in vain.</summary>
    Unfinished,
}
