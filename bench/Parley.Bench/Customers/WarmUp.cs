namespace Parley.Bench.Customers;

/// <summary>A few customers of both kinds who talk and leave: code is compiled, pools are filled.</summary>
internal sealed class WarmUp
{
    /// <summary>How many customers.</summary>
    public const int Customers = 200;

    /// <summary>About how many messages they say.</summary>
    public const int Messages = (Rate + 1) * Seconds;

    private const int Rate = 200;
    private const int Seconds = 5;

    private readonly Doors doors;
    private readonly PollingCustomer[] pollers;

    /// <param name="first">The first customer's number.</param>
    public WarmUp(Doors doors, int first)
    {
        this.doors = doors;
        const int half = Customers / 2;
        pollers = [.. Enumerable.Range(first, half).Select(n => new PollingCustomer(n, doors))];
        Everybody = [.. pollers, .. Enumerable.Range(first + half, half).Select(n => new PushedCustomer(n, doors))];
    }

    public WaitingCustomer[] Everybody { get; }

    public void Run()
    {
        Opening.Of(Everybody, doors);
        new Timetable(doors, pollers, TimeSpan.FromSeconds(0.2), Everybody, Rate).Run(TimeSpan.FromSeconds(Seconds));
        doors.Loop.RunDown(() => doors.UnderWay, TimeSpan.FromSeconds(Seconds));
        doors.Steps.Each(Everybody, customer => customer.Leave());
    }
}
