using Parley.Simulator.Humans;
using Parley.Simulator.Options;

namespace Parley.Simulator.Tests.Humans;

public sealed class ArrivalPlanTests
{
    private static readonly SimulatorOptions Options =
        new() { Seed = 11, CustomersPerMinute = 20, Length = TimeSpan.FromHours(5), Doors = new DoorShares(1, 2, 1) };

    [Fact]
    public void The_same_seed_has_the_same_customers_come_and_another_seed_others()
    {
        Assert.Equal(Told(ArrivalPlan.Of(Options)), Told(ArrivalPlan.Of(Options)));
        Assert.NotEqual(Told(ArrivalPlan.Of(Options)), Told(ArrivalPlan.Of(Options with { Seed = 12 })));
    }

    [Fact]
    public void What_a_customer_decides_does_not_depend_on_how_many_others_come()
    {
        var few = ArrivalPlan.Of(Options with { CustomersPerMinute = 1 }).First();
        var many = ArrivalPlan.Of(Options).First();

        Assert.NotEqual(few.At, many.At);
        Assert.Equal(Told([few with { At = many.At }]), Told([many]));
    }

    [Fact]
    public void Customers_come_at_the_rate_and_through_the_doors_that_were_asked_for()
    {
        var all = ArrivalPlan.Of(Options).ToArray();

        Assert.InRange(all.Length, 5700, 6300);
        Assert.All(all, plan => Assert.InRange(plan.At, TimeSpan.Zero, Options.Length));
        Assert.Equal(all.Select(plan => plan.At).Order(), all.Select(plan => plan.At));
        Assert.InRange(all.Count(plan => plan.Door == Door.Gms) / (double)all.Length, 0.47, 0.53);
        Assert.InRange(all.Average(plan => plan.Turns.Count), 4.8, 5.2);
    }

    [Fact]
    public void Nobody_says_the_same_twice() =>
        Assert.All(
            ArrivalPlan.Of(Options).Take(500),
            plan => Assert.Equal(plan.Turns.Count, plan.Turns.DistinctBy(turn => turn.Text).Count()));

    private static IEnumerable<string> Told(IEnumerable<CustomerPlan> plans) =>
        plans.Take(50).Select(plan => $"{plan with { Turns = [] }} {string.Join('/', plan.Turns)}");
}
