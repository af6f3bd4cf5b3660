namespace Parley.Log.Tests.Sqlite.PowerLoss;

/// <summary>Something done to a file: bytes written from a place on, or, without bytes, its length set to that place.</summary>
internal readonly record struct FileChange(long Step, long At, byte[]? Bytes);

/// <summary>A file of a <see cref="ForgetfulDisk"/>: what is durable of it, and what was done since.</summary>
internal sealed class ForgetfulFile(byte[] durable)
{
    private const int Sector = 512;

    private byte[] durable = durable;

    /// <summary>What was done and not flushed, in order.</summary>
    public List<FileChange> Changes { get; } = [];

    /// <summary>Makes durable what was done before a step.</summary>
    public void Flush(long before)
    {
        var image = new Image(durable);
        foreach (var change in Changes.TakeWhile(change => change.Step < before)) image.Apply(change);
        durable = image.Bytes;
        Changes.RemoveAll(change => change.Step < before);
    }

    /// <summary>What may be left of it.</summary>
    public byte[] AfterPowerLoss(Random random)
    {
        var image = new Image(durable, random.Next(2) == 0 ? random : null);
        var whole = random.Next(Changes.Count + 1);
        switch (random.Next(5))
        {
            case 0: // only what was flushed
                break;
            case 1: // everything
                Changes.ForEach(image.Apply);
                break;
            case 2: // the first changes, and a torn piece of the next
                Changes.Take(whole).ToList().ForEach(image.Apply);
                if (whole < Changes.Count) Tear(image, Changes[whole], random, share: 0.5);
                break;
            case 3: // any sectors, in the order they were written
                var share = random.NextDouble();
                Changes.ForEach(change => Tear(image, change, random, share));
                break;
            default: // the last changes without the first: the disk writes in the order it likes
                Changes.Skip(whole).ToList().ForEach(image.Apply);
                break;
        }
        return image.Bytes;
    }

    /// <summary>Applies a share of the sectors that a change touches.</summary>
    private static void Tear(Image image, FileChange change, Random random, double share)
    {
        if (change.Bytes is not { } bytes)
        {
            if (random.NextDouble() < share) image.Apply(change);
            return;
        }
        for (var from = 0; from < bytes.Length;)
        {
            var to = (int)Math.Min(bytes.Length, ((change.At + from) / Sector + 1) * Sector - change.At);
            if (random.NextDouble() < share) image.Apply(change with { At = change.At + from, Bytes = bytes[from..to] });
            from = to;
        }
    }

    /// <summary>
    /// Content that is put together; a place nobody wrote holds zeros, or with a chance whatever lay on the disk.
    /// </summary>
    private sealed class Image(byte[] start, Random? garbage = null)
    {
        private byte[] bytes = [.. start];
        private int length = start.Length;

        public byte[] Bytes => bytes[..length];

        public void Apply(FileChange change)
        {
            var end = (int)change.At + (change.Bytes?.Length ?? 0);
            if (change.Bytes is null || end > length) Resize(end);
            change.Bytes?.CopyTo(bytes, (int)change.At);
        }

        private void Resize(int to)
        {
            if (to > bytes.Length) Array.Resize(ref bytes, Math.Max(to, bytes.Length * 2));
            if (to > length)
            {
                if (garbage is null) Array.Clear(bytes, length, to - length);
                else garbage.NextBytes(bytes.AsSpan(length, to - length));
            }
            length = to;
        }
    }
}
