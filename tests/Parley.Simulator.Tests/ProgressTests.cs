using Parley.Simulator.Progress;

namespace Parley.Simulator.Tests;

public sealed class ProgressTests
{
    private static readonly Snapshot Present = new(
        TimeSpan.FromSeconds(90), Waiting: 2, InChat: 7, Done: 31, GaveUp: 1, Messages: 180, TimeSpan.FromSeconds(4),
        TimeSpan.FromMilliseconds(1.5), TimeSpan.FromMilliseconds(12.25), Overloads: 3, Errors: 0);

    [Fact]
    public void How_it_stands_is_one_line() => Assert.Equal(
        "00:01:30  waiting 2, in chat 7, done 31, gave up 1; 180 messages (2.0/s); accepted in 4 s; answers 1.5/12.3 ms; "
        + "overload 3, errors 0",
        $"{Present}");

    [Fact]
    public void A_terminal_has_its_line_written_anew_and_never_wrapped()
    {
        var output = new StringWriter();
        var display = new Display(output, 10, TimeProvider.System);

        display.Show("0123456789abc");
        display.Show("short");

        Assert.Equal("\r012345678\rshort    ", $"{output}");
    }

    [Fact]
    public void Elsewhere_each_is_a_line()
    {
        var output = new StringWriter { NewLine = "\n" };
        var display = new Display(output, columns: null, TimeProvider.System);

        display.Show("first");
        display.Show("second");

        Assert.Equal("first\nsecond\n", $"{output}");
    }
}
