using System.Collections.Concurrent;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Hosting;

/// <summary>What the running domain owes to chats and agents when something goes wrong in between.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task A_key_counts_for_one_chat()
    {
        await using var desk = await Desk.Open();
        await desk.GoReady(desk.Bob);
        var asked = new Asked(desk.Bob, new("once", "f"));
        foreach (var id in (string[])["first", "second"])
        {
            var chat = await desk.Request(id);
            await desk.Until(chat, c => c.IsInvited(desk.Bob));
            Assert.Null((await desk.Chats.Execute(chat, new Accept(desk.Bob, "Bob"), asked)).Refused);
            Assert.Null((await desk.Chats.Execute(chat, new Complete(desk.Bob), new Asked(desk.Bob, new("twice", "f")))).Refused);
            Assert.Equal(Place.Done, (await desk.Chats.Find(chat))!.Place);
        }
    }

    [Fact]
    public async Task Asking_twice_with_one_key_says_it_once()
    {
        await using var desk = await Desk.Open();
        var chat = await desk.Request("first");
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Null((await desk.Chats.Execute(chat, new CustomerSend("Hello"), new Asked(Key: new("once", "f")))).Refused);

        Assert.Equal(2, (await desk.Chats.Find(chat))!.Transcript.Count);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused_and_nothing_is_dropped_in_silence()
    {
        await using var desk = await Desk.Open();
        var chat = await desk.Request("first");
        await desk.Chats.Execute(chat, new CustomerSend("Hello"), new Asked(Key: new("once", "f")));

        var other = await desk.Chats.Execute(chat, new CustomerSend("Good morning"), new Asked(Key: new("once", "g")));
        Assert.Equal(Reason.InvalidInState, other.Refused?.Reason);
    }

    [Fact]
    public async Task An_offer_that_could_not_be_stored_is_tried_again()
    {
        await using var desk = await Desk.Open();
        var chat = await Offered(desk);
        var second = await desk.Request("second");
        await desk.Until(second, c => c.IsInvited(desk.Bob));
        desk.Log.IsBroken = true;
        desk.Clock.Advance(TimeSpan.FromSeconds(31)); // both offers are overdue, and nothing can be stored
        await Eventually.True(() => Task.FromResult(desk.Log.Refusals > 1));
        desk.Log.IsBroken = false;
        await Eventually.True(async () =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await desk.Chats.Find(chat))!.Part(desk.Bob)!.OfferedUntil > desk.Clock.GetUtcNow();
        });
    }

    [Fact]
    public async Task A_chat_chosen_for_an_agent_who_just_went_off_is_offered_to_another_at_once()
    {
        await using var desk = await Desk.Open();
        // whether routing is already waiting for Bob's turn when he goes off cannot be seen, so it is played often
        foreach (var round in Enumerable.Range(0, 20))
        {
            await desk.GoReady(desk.Bob); // the longest idle: the first to be chosen
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(await desk.Agents.Execute(desk.Carol, new EndContactCenterSession(SessionEndReason.LoggedOut)));
            await desk.GoReady(desk.Carol);

            var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            desk.Log.Hold = (StreamKind.Agent.Prefix + desk.Bob.Value, stored.Task);
            var goingOff = desk.Agents.Execute(desk.Bob, new ChangePresence(null, _ => Presence.NotReady));
            var chat = await desk.Request($"chat{round}");
            for (var i = 0; i < 10_000; i++) await Task.Yield();
            desk.Log.Hold = null;
            stored.SetResult();
            await goingOff;

            await desk.Until(chat, c => c.IsInvited(desk.Carol));
            await desk.Chats.Execute(chat, new CustomerLeave(QuitReason.Left));
        }
    }

    [Fact]
    public async Task Who_declined_before_a_restart_is_asked_again_after_it()
    {
        await using var first = await Desk.Open();
        var chat = await Offered(first);
        await first.Chats.Execute(chat, new Reject(first.Bob));
        await first.Stop();

        await using var again = await Desk.Open(first.Log, first.Clock);
        again.Clock.Advance(TimeSpan.FromSeconds(6));
        await again.Until(chat, c => c.IsInvited(first.Bob));
    }

    [Fact]
    public async Task An_offer_to_an_agent_who_went_off_before_a_restart_is_taken_back_after_it()
    {
        await using var first = await Desk.Open();
        var chat = await Offered(first);
        await first.Stop();
        await Append(first.Log, first.Bob);

        await using var again = await Desk.Open(first.Log, first.Clock);
        var taken = await again.Until(chat, c => c.StateOf(first.Bob) == AgentChatState.Revoked);

        Assert.Null(taken.Part(first.Bob)!.DeclinedAt);
    }

    [Fact]
    public async Task A_log_that_cannot_store_is_left_in_peace_between_two_tries()
    {
        await using var desk = await Desk.Open(settings: "--Parley:Routing:SilenceWithoutNotificationsMs=10000");
        await desk.GoReady(desk.Bob);
        desk.Log.IsBroken = true; // soon the agent has disappeared, and cannot be signed out
        await Eventually.True(() =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(desk.Log.Refusals > 0);
        });
        foreach (var _ in Enumerable.Range(0, 100)) await Task.Yield();

        Assert.InRange(desk.Log.Refusals, 1, 2);
        desk.Log.IsBroken = false;
        await Eventually.True(() =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(!desk.Agents.Find(desk.Bob).InSession);
        });
    }

    [Fact]
    public async Task Whoever_is_told_and_reads_at_once_finds_both_sides_of_an_offer()
    {
        var listener = new AsksBack();
        await using var desk = await Desk.Open(listener: listener);
        listener.Agents = desk.Agents;
        await desk.GoReady(desk.Bob);
        foreach (var i in Enumerable.Range(0, 3)) await desk.Request($"chat{i}");
        await Eventually.True(() => Task.FromResult(listener.Found.Count == 3));

        Assert.All(listener.Found, Assert.True);
    }

    [Fact]
    public async Task Chats_that_are_over_do_not_stay_in_memory_because_somebody_reads_them()
    {
        await using var desk = await Desk.Open();
        var chat = await desk.Request("first");
        await desk.Chats.Execute(chat, new CustomerLeave(QuitReason.Left));
        await Eventually.True(() =>
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(11));
            return Task.FromResult(desk.Folds.Count == 0);
        });

        Assert.Equal(Place.Done, (await desk.Chats.Find(chat))!.Place);
        Assert.Equal(0, desk.Folds.Count);
    }

    private static async Task<ChatId> Offered(Desk desk)
    {
        await desk.GoReady(desk.Bob);
        var chat = await desk.Request("first");
        await desk.Until(chat, c => c.IsInvited(desk.Bob));
        return chat;
    }

    /// <summary>What an agent's going off duty leaves in the log when the server dies right after it.</summary>
    private static async Task Append(FragileLog log, AgentId agent)
    {
        var stream = StreamKind.Agent.Prefix + agent.Value;
        var stored = StreamKind.Agent.Codec.Write(
            new ChannelChanged(MediaChannel.Chat, Presence.NotReady), new Stamp(DateTimeOffset.UnixEpoch));
        await log.AppendAsync(new("went-off", [new(stream, await log.VersionAsync(stream), [stored])]));
    }

    /// <summary>Reads the agent's list at the very moment of being told of an offer.</summary>
    private sealed class AsksBack : IHearsCommits
    {
        public AgentHost? Agents { get; set; }

        public ConcurrentBag<bool> Found { get; } = [];

        public void Hear(ChatCommit commit)
        {
            foreach (var invited in commit.Events.OfType<AgentInvited>())
                Found.Add(Agents!.Find(invited.Agent).Chats.Contains(commit.After.Id));
        }
    }
}
