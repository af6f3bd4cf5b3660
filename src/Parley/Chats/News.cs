using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>Something an agent is told about a chat.</summary>
public abstract record News
{
    /// <summary>The agent's own state changed, or the chat is new to the agent.</summary>
    public sealed record StatusChanged(ChatView View, int? ReferenceId) : News;

    /// <summary>Who is in the session changed.</summary>
    public sealed record ParticipantsChanged(ChatView View, int? ReferenceId) : News;

    /// <summary>The user data changed.</summary>
    public sealed record PropertiesChanged(ChatView View, int? ReferenceId) : News;

    /// <summary>A colleague who was asked for help will not come.</summary>
    public sealed record HelpFailed(ChatView View, int? ReferenceId, RevokeReason? Why) : News;

    /// <summary>New entries of the transcript, ascending, or what the agent asked to be told again.</summary>
    public sealed record NewEntries(ChatId Chat, ImmutableArray<Entry> Entries) : News;

    /// <summary>The transcript is stored; nothing will be added to it.</summary>
    public sealed record TranscriptSaved(ChatId Chat, DateTimeOffset At) : News;
}
