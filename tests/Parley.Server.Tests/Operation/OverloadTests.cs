using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Wire;

namespace Parley.Server.Tests.Operation;

/// <summary>
/// With as many chats as may be no more begin, those that are there go on, and at 80 % new ones are taken again.
/// </summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task As_many_chats_as_may_be_open_can_begin_and_no_more_at_any_door()
    {
        await using var rush = await Rush.Start("Parley:Customers:MaxOpenChats=10");
        await rush.Fill(10);

        Assert.False(await rush.CanBegin());
        var atDoorA = await GwsClient.Post(rush.Http, GwsClient.Root, """{"operationName":"RequestChat","nickname":"Eve"}""");
        Assert.Equal((400, 2), (atDoorA.Http, atDoorA.StatusCode));
        Assert.StartsWith("A chat cannot be started now.", atDoorA.Body["statusMessage"]!.GetValue<string>());
        await using var page = await PushedCustomer.Open(rush.Address);
        await page.Publish("requestChat", ""","nickname":"Eve" """);
        Assert.Equal(Rush.CannotStart, (await page.Next("a refusal"))["errors"]![0]!["code"]!.GetValue<int>());
        Assert.False(await rush.IsAvailable());
        await rush.Customers[0].Say("I am still here");

        await rush.End(1);
        Assert.False(await rush.CanBegin());
        await rush.End(1);
        Assert.True(await rush.IsAvailable());
        Assert.True(await rush.CanBegin());
        Assert.True(await rush.CanBegin());
        Assert.False(await rush.CanBegin());
    }

    [Fact]
    public async Task Chats_that_are_finished_take_no_place_although_they_can_still_be_read()
    {
        await using var rush = await Rush.Start("Parley:Customers:MaxOpenChats=2");
        for (var i = 0; i < 5; i++)
        {
            await rush.Fill(1);
            await rush.End(1);
        }
        await rush.Fill(2);
        Assert.False(await rush.CanBegin());
    }

    [Fact]
    public async Task Of_a_rush_exactly_as_many_are_let_in_as_may_be()
    {
        await using var rush = await Rush.Start("Parley:Customers:MaxOpenChats=10");
        var begun = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => rush.CanBegin()));
        Assert.Equal(10, begun.Count(b => b));
    }

    [Fact]
    public async Task Who_could_not_be_stored_takes_no_place()
    {
        await using var rush = await Rush.Start("Parley:Customers:MaxOpenChats=2");
        rush.Log.IsBroken = true;
        for (var i = 0; i < 5; i++) Assert.False(await rush.CanBegin());
        rush.Log.IsBroken = false;
        await rush.Fill(2);
    }

    [Fact]
    public async Task A_queue_that_is_full_is_closed_until_it_is_down_to_80_percent_and_others_are_open()
    {
        await using var rush = await Rush.Start("Parley:Overload:MaxWaitingPerQueue=5");
        await rush.Fill(5);
        Assert.False(await rush.CanBegin());
        Assert.False(await rush.IsAvailable());
        var elsewhere = await GwsClient.Post(
            rush.Http, GwsClient.Root, """{"operationName":"RequestChat","nickname":"Eve","endpoint":"PostProcessingQueue"}""");
        Assert.Equal(0, elsewhere.StatusCode);

        await using var bob = new AgentClient(rush.Address, "agent1", "secret1");
        await bob.SignIn();
        await bob.GoReady();
        await Eventually.True(rush.IsAvailable); // three are offered: two wait
        Assert.True(await rush.CanBegin());
    }

    [Fact]
    public async Task A_queue_may_have_a_limit_of_its_own()
    {
        await using var rush = await Rush.StartWith(TestCenter.Text(
            """
            "queues": [{ "name": "Support", "maxWaiting": 2 }],
            "services": [{ "name": "customer-support", "queue": "Support" }],
            """));
        await rush.Fill(2);
        Assert.False(await rush.CanBegin());
    }
}
