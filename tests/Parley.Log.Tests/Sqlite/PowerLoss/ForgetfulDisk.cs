namespace Parley.Log.Tests.Sqlite.PowerLoss;

/// <summary>A disk that keeps what was flushed, and of everything else what chance leaves when the power goes.</summary>
/// <remarks>
/// Of writes that were not flushed any part may survive, sector by sector and in any order; of names of files those that were
/// changed first, as file systems with a journal do it. A sector is old or new as a whole where it was written, and
/// untouched beside that.
/// </remarks>
internal sealed class ForgetfulDisk
{
    private readonly Dictionary<int, ForgetfulFile> files = [];
    private readonly Dictionary<string, int> durableNames = [];
    private readonly List<DiskStep> names = [];
    private long steps;

    /// <summary>What the writer was told that it has stored: the last version of each stream.</summary>
    public Dictionary<string, int> Acknowledged { get; } = [];

    /// <summary>Whether every flush of a file is taken for one that does nothing.</summary>
    public bool IgnoresFlushes { get; init; }

    public void Take(DiskStep step)
    {
        switch (step.Kind)
        {
            case DiskStepKind.Found:
                files[step.File] = new ForgetfulFile(step.Bytes);
                durableNames[step.Name] = step.File;
                break;
            case DiskStepKind.Created:
                files[step.File] = new ForgetfulFile([]);
                names.Add(step);
                break;
            case DiskStepKind.Renamed or DiskStepKind.Deleted:
                names.Add(step);
                break;
            case DiskStepKind.NamesFlushed:
                foreach (var change in names) Apply(change, durableNames);
                names.Clear();
                break;
            case DiskStepKind.Written:
                files[step.File].Changes.Add(new FileChange(steps, step.Number, step.Bytes));
                break;
            case DiskStepKind.Truncated:
                files[step.File].Changes.Add(new FileChange(steps, step.Number, null));
                break;
            case DiskStepKind.Flushed:
                if (!IgnoresFlushes) files[step.File].Flush(step.Number);
                break;
            case DiskStepKind.Acknowledged:
                Acknowledged[step.Name] = (int)step.Number;
                break;
        }
        steps++;
    }

    /// <summary>Puts into an empty folder what a power cut at this moment may have left.</summary>
    public void LosePower(Random random, string folder)
    {
        var left = new Dictionary<string, int>(durableNames);
        foreach (var change in names.Take(random.Next(names.Count + 1))) Apply(change, left);
        foreach (var (name, file) in left) File.WriteAllBytes(Path.Combine(folder, name), files[file].AfterPowerLoss(random));

        // The shared memory of the write-ahead file is a file too, and nobody ever flushes it.
        if (random.Next(2) == 0) return;
        var shared = new byte[32 << 10];
        random.NextBytes(shared);
        if (left.ContainsKey("log.db")) File.WriteAllBytes(Path.Combine(folder, "log.db-shm"), shared);
    }

    private static void Apply(DiskStep change, Dictionary<string, int> names)
    {
        if (change.Kind == DiskStepKind.Renamed)
            foreach (var (old, _) in names.Where(name => name.Value == change.File).ToArray())
                names.Remove(old);
        if (change.Kind == DiskStepKind.Deleted) names.Remove(change.Name);
        else names[change.Name] = change.File;
    }
}
