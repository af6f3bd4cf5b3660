using System.Globalization;

namespace Parley.Chats;

// what the events that change more than a word or two do
public sealed partial record Chat
{
    private Chat Requested(ChatRequested r, Stamp stamp) => this with
    {
        Id = r.Chat,
        Service = r.Service,
        KeyHash = r.KeyHash,
        CustomerUserId = r.UserId,
        Line = new Line(r.Queue),
        ReceivedAt = stamp.At,
        UserData = r.UserData.WithComparers(StringComparer.Ordinal),
        Customer = new Party(PartyKind.Customer, NewParticipant(stamp, 1), 1, r.Nickname),
        JoinCount = 1,
        Door = r.Door,
        Attendance = r.Attendance,
        Contact = r.Contact,
        LastAgent = r.LastAgent,
        Idleness = new(stamp.At),
    };

    private AgentPart Invited(AgentInvited i, Stamp stamp) => (Part(i.Agent) ?? new(i.Agent, default)) with
    {
        State = AgentChatState.Invited,
        Role = i.As,
        OfferedUntil = i.Until,
        // who is gone by now waits for no answer
        InvitedBy = stamp.Requester is { } asker && Part(asker) is { IsOver: false } ? asker : null,
        InviteReference = stamp.Requester is { } who && Part(who) is { IsOver: false } ? stamp.ReferenceId : null,
        IsSupervisor = i.As.Supervises(),
        InFocus = false,
    };

    private Chat Joined(AgentJoined j, Stamp stamp)
    {
        var before = Part(j.Agent)?.Party;
        var (counted, id, order) = Arrived(j.As.Visibility(), stamp);
        var party = new Party(
            j.As.Side(), id, NumberOf(before, j.As), j.Nickname, j.Agent, j.As.Visibility(), order);
        var part = (Part(j.Agent) ?? new(j.Agent, default)) with
        {
            State = AgentChatState.Chatting, Role = j.As, Party = party, IsSupervisor = j.As.Supervises(), InFocus = false,
        };
        var joined = counted.With(part);
        if (j.As == ChatRole.Owner) joined = joined.Taken();
        var kind = before is null ? EntryKind.ParticipantJoined : EntryKind.ParticipantRejoined;
        return joined.Add(new Entry(kind, party, stamp.At, Visibility: party.Visibility, Earlier: before));
    }

    /// <summary>The same participant in another role; the transcript says so to whom it makes a difference.</summary>
    private Chat InRole(AgentRoleChanged change, Stamp stamp)
    {
        var part = Agents[change.Agent];
        var changed = part with { Role = change.As };
        if (part.Party is not { } before || !part.IsChatting || before.Visibility == change.As.Visibility()) return With(changed);
        var party = before with
        {
            Kind = change.As.Side(), Number = NumberOf(before, change.As), Visibility = change.As.Visibility(),
        };
        var chat = this;
        if (before.Visibility == Visibility.Supervisors)
        {
            // to the agents it comes now: an id or a place from earlier would tell them since when it was there
            (chat, var id, var order) = Arrived(party.Visibility, stamp);
            party = party with { Id = id, Order = order };
        }
        return chat.With(changed with { Party = party })
            .Add(new Entry(EntryKind.RoleChanged, party, stamp.At, Visibility: party.Visibility, Earlier: before));
    }

    /// <summary>The chat that counts one participant more, and that one's id and place in the order of joining.</summary>
    private (Chat Counted, ParticipantId Id, int Order) Arrived(Visibility visibility, Stamp stamp) =>
        visibility == Visibility.Supervisors
            ? (this with { SilentCount = SilentCount + 1 }, NewParticipant(stamp, -1 - SilentCount), JoinCount + 1)
            : (this with { JoinCount = JoinCount + 1 }, NewParticipant(stamp, JoinCount + 1), JoinCount + 1);

    private int NumberOf(Party? before, ChatRole role) =>
        before is { Number: > 0 and var known } ? known : role.IsSeenByAll() ? KnownCount + 1 : 0;

    /// <summary>Somebody took the chat: whoever declined it before may be asked again.</summary>
    private Chat Taken() => this with
    {
        Agents = Agents.SetItems(Agents.Where(a => a.Value.DeclinedAt is not null)
            .Select(a => KeyValuePair.Create(a.Key, a.Value with { DeclinedAt = null }))),
    };

    private Chat SessionOver(Stamp stamp) => this with
    {
        CustomerPresent = false,
        CustomerLeftAt = stamp.At,
        Agents = Agents.SetItems(Agents.Where(a => a.Value.IsServing)
            .Select(a => KeyValuePair.Create(a.Key, a.Value with { State = AgentChatState.LeftChat }))),
    };

    private static AgentPart Revoked(AgentPart part, AgentRevoked revoked, Stamp stamp) =>
        (revoked.Why == RevokeReason.NoAnswer ? Declined(part, stamp) : part) with { State = AgentChatState.Revoked };

    /// <summary>Only who was to take the chat over is passed over by routing for a while.</summary>
    private static AgentPart Declined(AgentPart part, Stamp stamp) =>
        part.Role == ChatRole.Owner ? part with { DeclinedAt = stamp.At } : part;

    /// <summary>An agent is done; whoever it asked for help and has not come yet is asked by nobody in particular.</summary>
    private Chat Over(AgentId agent, Func<AgentPart, AgentPart> end)
    {
        var chat = With(agent, end);
        foreach (var asked in Agents.Values.Where(p => p.IsAskedForHelp && p.InvitedBy == agent))
            chat = chat.With(asked with { InvitedBy = null, InviteReference = null });
        return chat;
    }

    private Chat With(AgentPart part) => this with { Agents = Agents.SetItem(part.Agent, part) };

    private Chat With(AgentId agent, Func<AgentPart, AgentPart> change) => With(change(Agents[agent]));

    private Chat With(AgentId agent, AgentChatState state) => With(agent, p => p with { State = state });

    /// <summary>Adds to the transcript, except what supervisors alone may see: its index would betray it to the others.</summary>
    private Chat Add(Entry entry) =>
        entry.Visibility == Visibility.Supervisors && entry.Kind != EntryKind.RoleChanged
            ? this
            : this with { Transcript = Transcript.Add(entry), Idleness = Idleness.After(entry) };

    private Chat FromCustomer(
        EntryKind kind, Stamp stamp, string? text = null, string? type = null, string? attributes = null) =>
        Add(new Entry(kind, Customer, stamp.At, text, type, Attributes: attributes));

    /// <summary>The server speaks under one name and number from its first word on.</summary>
    private Chat FromSystem(EntryKind kind, Stamp stamp, string text, IdleNotice? idle = null)
    {
        var said = text.Length == 0 ? null : text;
        if (System is { } known) return Add(new Entry(kind, known, stamp.At, said, Idle: idle));
        var (counted, id, order) = Arrived(Visibility.All, stamp);
        var from = new Party(PartyKind.System, id, KnownCount + 1, "system", Order: order);
        return (counted with { System = from }).Add(new Entry(kind, from, stamp.At, said, Idle: idle));
    }

    private Chat Warned(IdleWarned warned, Stamp stamp)
    {
        // nothing follows a warning that leaves no time
        var notice = warned.Seconds == 0 ? null : new IdleNotice(warned.Next, warned.Seconds);
        var chat = FromSystem(EntryKind.IdleAlert, stamp, warned.Text, notice);
        var warning = new IdleWarning(warned.Next, stamp.At, notice is null ? null : warned.Until);
        return chat with { Idleness = chat.Idleness with { Warning = warning } };
    }

    private Chat WithFile(FileAdded added, Stamp stamp)
    {
        var file = added.File;
        var chat = this with { Files = Files.SetItem(file.Id, file), FileBytes = FileBytes + file.Size };
        return chat.Add(new Entry(EntryKind.FileUploaded, Customer, stamp.At, file.Name, File: file));
    }

    private Chat WithoutFile(FileRemoved removed, Stamp stamp)
    {
        var file = Files[removed.FileId];
        var chat = this with { Files = Files.Remove(removed.FileId) };
        return chat.Add(new Entry(EntryKind.FileDeleted, Customer, stamp.At, file.Name, File: file));
    }

    private Chat Log(EntryKind kind, Party from, Stamp stamp, string? text = null, string? type = null) =>
        Add(new Entry(kind, from, stamp.At, text, type, Visibility: from.Visibility));

    private Chat Log(
        EntryKind kind, AgentId agent, Visibility to, Stamp stamp, string? text = null, string? type = null,
        TreatAs treatAs = TreatAs.Normal)
    {
        var from = PartyOf(agent);
        return Add(new Entry(kind, from, stamp.At, text, type, treatAs, to > from.Visibility ? to : from.Visibility));
    }

    private Party PartyOf(AgentId agent) => Agents[agent].Party ?? throw new InvalidOperationException("The agent never joined.");

    private bool Any(Func<AgentPart, bool> holds)
    {
        foreach (var (_, part) in Agents)
        {
            if (holds(part)) return true;
        }
        return false;
    }

    /// <summary>Four hexadecimal digits of the server, eight of the second of joining, four of a counter.</summary>
    private static ParticipantId NewParticipant(Stamp stamp, int counter) => new(string.Create(
        CultureInfo.InvariantCulture, $"{ServerTag}{(uint)stamp.At.ToUnixTimeSeconds():X8}{(ushort)counter:X4}"));
}
