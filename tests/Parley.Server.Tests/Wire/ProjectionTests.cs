using Parley.Chats;
using Parley.Server.Customers;

namespace Parley.Server.Tests.Wire;

/// <summary>The tables of what each door and the agents call each kind of entry and each kind of party, row by row.</summary>
public sealed class ProjectionTests
{
    /// <summary>Kind of entry: agents, door A (empty: not shown), doors B and C.</summary>
    public static TheoryData<EntryKind, string, string, string> Kinds { get; } = new()
    {
        { EntryKind.ParticipantJoined, "ParticipantJoined", "ParticipantJoined", "ParticipantJoined" },
        { EntryKind.ParticipantRejoined, "ParticipantRejoined", "ParticipantRejoined", "ParticipantJoined" },
        { EntryKind.ParticipantLeft, "ParticipantLeft", "ParticipantLeft", "ParticipantLeft" },
        { EntryKind.Text, "Text", "Text", "Message" },
        { EntryKind.TypingStarted, "TypingStarted", "TypingStarted", "TypingStarted" },
        { EntryKind.TypingStopped, "TypingStopped", "TypingStopped", "TypingStopped" },
        { EntryKind.PushUrl, "PushUrl", "Text", "PushUrl" },
        { EntryKind.Notice, "Notice", "", "Notice" },
        { EntryKind.CustomNotice, "CustomNotice", "", "CustomNotice" },
        { EntryKind.NicknameUpdated, "Notice", "", "NicknameUpdated" },
        { EntryKind.FileUploaded, "Notice", "", "FileUploaded" },
        { EntryKind.FileDeleted, "Notice", "", "FileDeleted" },
        { EntryKind.IdleAlert, "Notice", "Text", "IdleAlert" },
        { EntryKind.IdleClose, "Notice", "Text", "IdleClose" },
    };

    /// <summary>Kind of party: agents, door A, doors B and C.</summary>
    public static TheoryData<PartyKind, string, string, string> Sides { get; } = new()
    {
        { PartyKind.Customer, "Customer", "Customer", "Client" },
        { PartyKind.Agent, "Agent", "Agent", "Agent" },
        { PartyKind.Supervisor, "Agent", "Agent", "Supervisor" },
        { PartyKind.System, "System", "External", "External" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_door_has_its_name_for_a_kind_of_entry(EntryKind kind, string agents, string doorA, string doorsBAndC)
    {
        Assert.Equal(agents, Projection.AgentType(kind));
        Assert.Equal(doorA, Projection.GwsType(kind) ?? "");
        Assert.Equal(doorsBAndC, Projection.GmsType(kind));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Each_door_has_its_name_for_a_kind_of_party(PartyKind kind, string agents, string doorA, string doorsBAndC)
    {
        Assert.Equal(agents, Projection.AgentSide(kind).ToString());
        Assert.Equal(doorA, Projection.GwsSide(kind));
        Assert.Equal(doorsBAndC, Projection.GmsSide(kind));
    }

    /// <summary>A role's change is read by each side as a joining, a leaving or nothing, and is no entry of any door.</summary>
    [Fact]
    public void The_tables_name_every_kind_there_is()
    {
        Assert.Equal(
            Enum.GetValues<EntryKind>().Except([EntryKind.RoleChanged]).Order(), Kinds.Select(row => row.Data.Item1).Order());
        Assert.Equal(Enum.GetValues<PartyKind>().Order(), Sides.Select(row => row.Data.Item1).Order());
    }
}
