namespace Parley.LossChecker.Faults;

/// <summary>A way to break something of a cluster, and to put it right again.</summary>
/// <param name="Kind">Its name in the journal and the summary.</param>
/// <param name="Target">What it breaks.</param>
/// <param name="Break">Breaks it.</param>
/// <param name="Repair">Puts it right, and returns when it works again.</param>
internal sealed record Fault(string Kind, string Target, Func<Task> Break, Func<CancellationToken, Task> Repair);
