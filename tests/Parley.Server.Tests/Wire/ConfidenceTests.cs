using System.Globalization;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Nodes;
using Parley.Server.Tests.Scenarios;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// Whatever agents, supervisors and customers do, nobody finds in a push, in an answer or at a door a word, a name or a user that
/// an independent ledger does not allow; and what was pushed equals what is read.
/// </summary>
public sealed class ConfidenceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Nobody_reads_on_the_wire_what_was_not_meant_for_them()
    {
        var clock = new ManualTime();
        await using var server = await RunningServer.Start(clock);
        await Play([server], clock);
    }

    [Fact]
    public async Task Nobody_does_at_either_of_two_nodes_whichever_each_one_asks()
    {
        var clock = new ManualTime();
        await using var nodes = await NodePair.StartWith(clock);
        await Play([nodes.One, nodes.Two], clock);
    }

    private async Task Play(IReadOnlyList<RunningServer> nodes, ManualTime clock)
    {
        var seed = Setting("PARLEY_SEED") ?? Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        await using var talk = new RandomTalk(nodes, seed);
        var reader = new Eavesdropper(talk);
        try
        {
            await talk.Begin();
            for (var step = 0; step < (Setting("PARLEY_CASES") ?? 120); step++)
            {
                clock.Advance(Tick);
                await talk.Step();
                await Task.WhenAll(talk.Staff.Select(s => NotificationsEqualRefetch.Check(s.Key, s.Value)));
                await Eventually.NoComplaint(reader.Complaint);
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed} after:\n{string.Join('\n', talk.Steps.TakeLast(30))}\n{e.Message}");
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
