using Parley.LossChecker.Journals;

namespace Parley.Reliability.Tests.Judging;

/// <summary>A journal gives back what was written, also when its last line was torn.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"parley-journal-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Lines_come_back_in_their_order()
    {
        Entry[] written =
        [
            new Sent("t", "p", "t p 1", Readers.Agents), new Heard("t", "v", new Line(3, "Tür ☕")),
            new ReadDone(7, "t", "v", ReadKind.Final, [new(1, null), new(2, "x", Readers.Agents)]), new Finished(false, "nobody"),
        ];
        Write(written);

        var read = Journal.Read(path).Select(entry => entry with { At = 0 }).ToArray();
        Assert.Equal(written[0], read[0]);
        Assert.Equal(written[1], read[1]);
        Assert.Equal(((ReadDone)written[2]).Lines, ((ReadDone)read[2]).Lines);
        Assert.Equal(written[3], read[3]);
    }

    [Fact]
    public void A_torn_last_line_is_left_out()
    {
        Write(new Repeated("one"), new Repeated("two"));
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - 5);

        Assert.Equal("one", Assert.IsType<Repeated>(Assert.Single(Journal.Read(path))).Text);
    }

    [Fact]
    public void Lines_are_in_the_file_before_anything_else_happens()
    {
        using var journal = new Journal(path);
        journal.Add(new Acknowledged("one"));

        Assert.Single(Journal.Read(path));
    }

    private void Write(params Entry[] entries)
    {
        using var journal = new Journal(path);
        foreach (var entry in entries) journal.Add(entry);
    }
}
