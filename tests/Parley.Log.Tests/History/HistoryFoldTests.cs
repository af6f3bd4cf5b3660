using System.Collections.Immutable;
using Parley.Chats;
using Parley.Log.History;

namespace Parley.Log.Tests.History;

/// <summary>What becomes of a chat's events in the history.</summary>
public sealed class HistoryFoldTests
{
    private static readonly AgentId Bob = new("7c1e0b5d4f5a4e07a2b6c1d93e48f001");
    private static readonly AgentId Carol = new("7c1e0b5d4f5a4e07a2b6c1d93e48f002");
    private static readonly AgentId Sam = new("7c1e0b5d4f5a4e07a2b6c1d93e48f003");
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly HistoryFold fold = new();
    private int version;

    [Fact]
    public void The_particulars_follow_the_chat()
    {
        Begin();
        Happens(new ChatQueued(new("Billing")), new AgentInvited(Bob, Noon));
        Happens(new AgentJoined(Bob, "Bob"));
        Happens(new AgentInvited(Carol, Noon, ChatRole.Conferenced));
        Happens(new AgentJoined(Carol, "Carol", ChatRole.Conferenced));
        Happens(new DispositionSet(Bob, "DispositionCode", "Solved"));
        Happens(new AgentLeft(Bob), new AgentCompleted(Bob), new AgentRoleChanged(Carol, ChatRole.Owner));
        Happens(new AgentLeft(Carol), new CustomerLeft(QuitReason.ClosedByAgent), new AgentCompleted(Carol), new ChatEnded());

        var record = fold.TakeChange()!.Record;
        Assert.Equal([Bob, Carol], record.Agents);
        Assert.Equal(Carol, record.Owner);
        Assert.Equal([new("Support"), new("Billing")], record.Queues);
        Assert.Equal(("Solved", "Invoice 4711"), (record.Disposition, record.Subject));
        Assert.Equal("Solved", record.UserData["DispositionCode"].Written);
        Assert.Equal((Noon.AddMinutes(1), Noon.AddMinutes(version)), (record.StartedAt, record.EndedAt));
        Assert.True(fold.IsOver);
    }

    [Fact]
    public void What_people_say_can_be_found_and_what_is_typed_or_said_by_machines_cannot()
    {
        Begin();
        Happens(new CustomerStartedTyping("typed"));
        Happens(new CustomerSaid("Good morning"));
        Happens(new SystemSaid("queued"));
        Happens(new CustomerSentCustomNotice("signal"));
        Happens(new CustomerPushedUrl("https://shop.example.test"));

        Assert.Equal(
            ["Ada", "Invoice 4711", "Good morning", "https shop example test"],
            Said().Select(u => string.Join(' ', u.Words)), StringComparer.OrdinalIgnoreCase);
        Assert.Equal([], Said());
    }

    [Fact]
    public void Who_may_read_what_holds_for_the_history_too()
    {
        Begin();
        Happens(new AgentInvited(Bob, Noon), new AgentJoined(Bob, "Bob"));
        Happens(new AgentInvited(Carol, Noon, ChatRole.Consultant), new AgentJoined(Carol, "Carol", ChatRole.Consultant));
        Happens(new AgentJoined(Sam, "Sam", ChatRole.Monitor));
        Said();
        Happens(new AgentSaid(Carol, "advice"));
        Happens(new AgentSaid(Sam, "silence"));

        Assert.Equal([(Clearance.Agent, "advice")], Said().Select(u => (u.Clearance, u.Words[0])));
        Assert.Equal([Bob, Carol], fold.Record!.Agents);
    }

    [Fact]
    public void Utterances_are_numbered_alike_however_the_events_come_in_stretches()
    {
        Begin();
        var first = Said();
        Happens(new CustomerSaid("one"));
        Happens(new CustomerSaid(string.Join(' ', Enumerable.Repeat("word", Utterance.MaxWords + 1))));

        Assert.Equal(Enumerable.Range(1, 5), first.Concat(Said()).Select(u => u.Number));
    }

    private IReadOnlyList<Utterance> Said() => fold.TakeChange()!.Said;

    private void Begin() => Happens(
        new ChatRequested(
            new("0007Qa4KX9TM002C"), "customer-support", new("Support"), "Ada", "", "00915A7C3E5D0021",
            UserDataRules.Empty.Add("Subject", DataValue.Of("Invoice 4711"))),
        new CustomerJoined());

    private void Happens(params ImmutableArray<ChatEvent> events)
    {
        version += 1;
        fold.Apply(events, new Stamp(Noon.AddMinutes(version)), version);
    }
}
