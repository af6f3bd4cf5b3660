using Parley.Simulator.Progress;

namespace Parley.Simulator.Tests;

public sealed class ProgressTests
{
    private static readonly Snapshot Present = new(
        TimeSpan.FromSeconds(90), Waiting: 2, InChat: 7, Done: 31, GaveUp: 1, Messages: 180, TimeSpan.FromSeconds(4),
        TimeSpan.FromMilliseconds(1.5), TimeSpan.FromMilliseconds(12.25), Overloads: 3, Errors: 0);

    [Fact]
    public void How_it_stands_is_one_line() => Assert.Equal(
        "00:01:30  2 waiting, 7 in chat, 31 done, 1 gave up, 0 errors, 3 overload; 180 messages, 2.0/s; accepted in 4 s; "
        + "p50 1.5 p99 12.3 ms",
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
