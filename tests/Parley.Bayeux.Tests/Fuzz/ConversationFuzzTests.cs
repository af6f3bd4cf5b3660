namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>
/// Sequences of messages, legal and not, of several sessions over both transports, beside a host that denies, vetoes and
/// throws: every reply says <c>successful</c>, repeats its request's channel and id in the order of the requests and quotes
/// nobody; a bug of the host costs a request or a connection and nothing else; and when all is over nothing is left.
/// </summary>
public sealed class ConversationFuzzTests
{
    private const int PerTown = 500;

    [Fact]
    public void Whatever_clients_and_host_do_the_rules_hold_and_nothing_is_left() => Play(20_000);

    [Fact(Explicit = true)]
    public void Whatever_clients_and_host_do_a_million_times_the_rules_hold_and_nothing_is_left()
    {
        Play(PerTown); // what is loaded and pooled once is no growth
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Play(Chance.Cases(unlessSet: 1_000_000));
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024;
        Chance.Say($"{grown} KiB more memory than before");
        Assert.True(grown < 16 * 1024);
    }

    private static void Play(int cases)
    {
        var random = Chance.New();
        var (payloads, replies, sessions, failures) = (0, 0, 0, 0);
        while (payloads < cases)
        {
            using var town = new Town(random);
            while (town.Payloads < PerTown) town.Step();
            town.Close();
            (payloads, replies) = (payloads + town.Payloads, replies + town.Replies);
            (sessions, failures) = (sessions + town.Sessions, failures + town.Failures);
        }
        Chance.Say($"{payloads} payloads, {replies} replies, {sessions} sessions, {failures} failures of the host");
        Assert.True(failures > payloads / 1000, "the host hardly fails");
        Assert.True(replies > payloads / 2 && sessions > payloads / 100, "hardly anything is said");
    }
}
