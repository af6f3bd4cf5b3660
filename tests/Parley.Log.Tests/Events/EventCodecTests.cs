using System.Collections.Immutable;
using System.Text;
using Parley.Agents;
using Parley.Chats;
using Parley.Contacts;
using Parley.Log.Events;

namespace Parley.Log.Tests.Events;

/// <summary>Every event is stored under a name that never changes, and comes back as it was.</summary>
public sealed class EventCodecTests
{
    private static readonly AgentId Bob = new("7c1e0b5d4f5a4e07a2b6c1d93e48f001");
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly Stamp Stamp = new(Noon, Bob, 13);

    private static readonly ImmutableSortedDictionary<string, DataValue> Data = UserDataRules.Empty
        .Add("Text", DataValue.Of("Zoë \"quoted\"\n"))
        .Add("Number", DataValue.Number("1.10")).Add("Yes", DataValue.Of(true)).Add("Nothing", DataValue.Null);

    public static TheoryData<ChatEvent, string> ChatEvents { get; } = new()
    {
        {
            new ChatRequested(
                new("0007Qa4KX9TM002C"), "customer-support", new("Support"), "Ada", "ab12", "00915A7C3E5D0021", Data, Door.Gws,
                Attendance.Asynchronous, new ContactId("0000Da7H2KQ9005X"), Bob),
            "chat-requested.1"
        },
        { new CustomerJoined(), "customer-joined.1" },
        { new CustomerSaid("Hello", "text", "{}"), "customer-said.1" },
        { new CustomerStartedTyping("Hel"), "customer-started-typing.1" },
        { new CustomerStoppedTyping(), "customer-stopped-typing.1" },
        { new CustomerPushedUrl("https://shop.example.test/basket"), "customer-pushed-url.1" },
        { new CustomerSentCustomNotice("form", "{\"step\":2}"), "customer-sent-custom-notice.1" },
        { new CustomerRenamed("Adele"), "customer-renamed.1" },
        { new CustomerRead(7), "customer-read.1" },
        { new TranscriptDelivered(7), "transcript-delivered.1" },
        { new FileAdded(new("f1", "a.png", 12, "image/png", "ab12", "A picture")), "file-added.1" },
        { new FileRemoved("f1"), "file-removed.1" },
        { new FileFetched("f1"), "file-fetched.1" },
        { new SystemSaid("An agent will be with you shortly."), "system-said.1" },
        { new PositionTold("You are number 3.", 3), "position-told.1" },
        { new IdleWarned("Are you there?", IdleStep.Close, 45, Noon), "idle-warned.1" },
        { new IdleEnded("Goodbye"), "idle-ended.1" },
        { new IdleTimerCancelled(), "idle-timer-cancelled.1" },
        { new CustomerLeft(QuitReason.ClosedByAgent), "customer-left.1" },
        { new AgentInvited(Bob, Noon, ChatRole.Consultant), "agent-invited.1" },
        { new AgentRejected(Bob), "agent-rejected.1" },
        { new AskedInVain(Bob, ChatRole.Consultant), "asked-in-vain.1" },
        { new AgentRevoked(Bob, RevokeReason.NoAnswer), "agent-revoked.1" },
        { new AgentJoined(Bob, "Bob", ChatRole.Monitor, new("3c9a")), "agent-joined.1" },
        { new AgentJoinFailed(Bob), "agent-join-failed.1" },
        { new AgentSaid(Bob, "Good morning", "Greeting", TreatAs.System, Visibility.Agents), "agent-said.1" },
        { new AgentStartedTyping(Bob), "agent-started-typing.1" },
        { new AgentStoppedTyping(Bob), "agent-stopped-typing.1" },
        { new AgentRoleChanged(Bob, ChatRole.Conferenced), "agent-role-changed.1" },
        { new AgentPushedUrl(Bob, "https://shop.example.test/returns"), "agent-pushed-url.1" },
        { new AgentSentCustomNotice(Bob, "form=1", Visibility.Agents), "agent-sent-custom-notice.1" },
        { new AgentNoticed(Bob, "A line", Visibility.Agents), "agent-noticed.1" },
        { new HistoryRequested(Bob, 3), "history-requested.1" },
        { new AgentLeft(Bob), "agent-left.1" },
        { new AgentCompleted(Bob), "agent-completed.1" },
        { new AgentFocused(Bob, true), "agent-focused.1" },
        { new UserDataChanged(Data, ["Old"]), "user-data-changed.1" },
        { new DispositionSet(Bob, "DispositionCode", "Solved"), "disposition-set.1" },
        { new LastAgentSaved(Bob), "last-agent-saved.1" },
        { new ChatQueued(new("Support"), "skill", "group"), "chat-queued.1" },
        { new ChatEnded(), "chat-ended.1" },
    };

    public static TheoryData<AgentEvent, string> AgentEvents { get; } = new()
    {
        { new AgentSessionStarted(Bob, "Place_14"), "agent-session-started.1" },
        {
            new ChannelChanged(MediaChannel.Chat, Presence.NotReady with { Reason = "Lunch", DoNotDisturb = DoNotDisturb.On }),
            "channel-changed.1"
        },
        { new ChatTaken(new("0007Qa4KX9TM002C")), "chat-taken.1" },
        { new ChatAttended(new("0007Qa4KX9TM002C")), "chat-attended.1" },
        { new ChatReleased(new("0007Qa4KX9TM002C")), "chat-released.1" },
        { new SupervisionStarted(Bob, ChatRole.Coach, MonitoringExtent.NextChat, "Cleo"), "supervision-started.1" },
        { new SupervisionEnded(Bob), "supervision-ended.1" },
        { new SignedOut("5f2a"), "signed-out.1" },
        { new AgentSessionEnded([MediaChannel.Chat], SessionEndReason.Disappeared), "agent-session-ended.1" },
    };

    public static TheoryData<ContactEvent, string> ContactEvents { get; } = new()
    {
        {
            new ContactCreated(new("0000Da7H2KQ9005X"), ContactDetails.Nothing.Add("EmailAddress", "ada@example.test")),
            "contact-created.1"
        },
        { new LastAgentKept(Bob), "last-agent-kept.1" },
    };

    public static TheoryData<ContactKeyEvent, string> ContactKeyEvents { get; } = new()
    {
        { new ContactKeyClaimed(new("0000Da7H2KQ9005X")), "contact-key-claimed.1" },
    };

    [Theory]
    [MemberData(nameof(ChatEvents))]
    public void A_chats_event_comes_back_as_it_was(ChatEvent e, string name) => AssertComesBack(EventCodec.Chat, e, name);

    [Theory]
    [MemberData(nameof(AgentEvents))]
    public void An_agents_event_comes_back_as_it_was(AgentEvent e, string name) => AssertComesBack(EventCodec.Agent, e, name);

    [Theory]
    [MemberData(nameof(ContactEvents))]
    public void A_contacts_event_comes_back_as_it_was(ContactEvent e, string name) =>
        AssertComesBack(EventCodec.Contact, e, name);

    [Theory]
    [MemberData(nameof(ContactKeyEvents))]
    public void An_event_of_a_contacts_key_comes_back_as_it_was(ContactKeyEvent e, string name) =>
        AssertComesBack(EventCodec.ContactKey, e, name);

    [Fact]
    public void Every_event_of_the_domain_has_a_name()
    {
        Type[] kinds = [typeof(ChatEvent), typeof(AgentEvent), typeof(ContactEvent), typeof(ContactKeyEvent)];
        var listed = ChatEvents.Cast<ITheoryDataRow>().Concat(AgentEvents).Concat(ContactEvents).Concat(ContactKeyEvents)
            .Select(row => row.GetData()[0]!.GetType());
        var all = typeof(ChatEvent).Assembly.GetTypes().Where(t => !t.IsAbstract && kinds.Any(t.IsSubclassOf));

        Assert.Equal(all.Select(t => t.Name).Order(), listed.Select(t => t.Name).Order());
    }

    [Fact]
    public void An_event_of_a_newer_version_is_refused_by_name()
    {
        var stored = new LogEvent("chat/x", 1, 1, "chat-requested.2", Encoding.UTF8.GetBytes("{}"), "c");

        Assert.Contains(
            "chat-requested.2",
            Assert.Throws<EventUnreadableException>(() => EventCodec.Chat.Read(stored)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stored_by_the_first_version_is_read_by_this_one()
    {
        var stored = new LogEvent(
            "chat/x", 4, 9, "agent-said.1",
            """{"at":"2026-11-20T12:00:00.123+00:00","by":"7c1e0b5d4f5a4e07a2b6c1d93e48f001","ref":13,"event":{"agent":"7c1e0b5d4f5a4e07a2b6c1d93e48f001","text":"Hi","treatAs":"Normal"}}"""u8.ToArray(),
            "c");

        Assert.Equal(((ChatEvent)new AgentSaid(Bob, "Hi"), Stamp), EventCodec.Chat.Read(stored));
    }

    [Fact]
    public void A_stamp_comes_back_whole()
    {
        var whole = Stamp with { Fingerprint = "print", Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        var written = EventCodec.Chat.Write(new AgentSaid(Bob, "Hi"), whole);

        Assert.Equal(whole, EventCodec.Chat.Read(new LogEvent("chat/x", 1, 1, written.Type, written.Data, "c")).Stamp);
    }

    private static void AssertComesBack<T>(EventCodec<T> codec, T e, string name)
        where T : class
    {
        var written = codec.Write(e, Stamp);
        var (read, stamp) = codec.Read(new LogEvent("s", 1, 1, written.Type, written.Data, "c"));

        Assert.Equal(name, written.Type);
        Assert.Equal(Stamp, stamp);
        Assert.Equal(written.Data.ToArray(), codec.Write(read, stamp).Data.ToArray());
        Assert.Equal(e.GetType(), read.GetType());
    }
}
