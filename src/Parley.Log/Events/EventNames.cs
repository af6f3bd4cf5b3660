using System.Text.Json.Serialization.Metadata;
using Parley.Agents;
using Parley.Chats;
using Parley.Contacts;

namespace Parley.Log.Events;

/// <summary>
/// The names under which events are stored. A name never changes; a new shape of an event gets a new number, and the old one
/// stays readable.
/// </summary>
internal static class EventNames
{
    public static readonly (string Name, JsonTypeInfo Shape)[] Chat =
    [
        ("chat-requested.1", EventJson.Default.ChatRequested),
        ("customer-joined.1", EventJson.Default.CustomerJoined),
        ("customer-said.1", EventJson.Default.CustomerSaid),
        ("customer-started-typing.1", EventJson.Default.CustomerStartedTyping),
        ("customer-stopped-typing.1", EventJson.Default.CustomerStoppedTyping),
        ("customer-pushed-url.1", EventJson.Default.CustomerPushedUrl),
        ("customer-sent-custom-notice.1", EventJson.Default.CustomerSentCustomNotice),
        ("customer-renamed.1", EventJson.Default.CustomerRenamed),
        ("customer-read.1", EventJson.Default.CustomerRead),
        ("transcript-delivered.1", EventJson.Default.TranscriptDelivered),
        ("file-added.1", EventJson.Default.FileAdded),
        ("file-removed.1", EventJson.Default.FileRemoved),
        ("file-fetched.1", EventJson.Default.FileFetched),
        ("system-said.1", EventJson.Default.SystemSaid),
        ("position-told.1", EventJson.Default.PositionTold),
        ("idle-warned.1", EventJson.Default.IdleWarned),
        ("idle-ended.1", EventJson.Default.IdleEnded),
        ("idle-timer-cancelled.1", EventJson.Default.IdleTimerCancelled),
        ("customer-left.1", EventJson.Default.CustomerLeft),
        ("agent-invited.1", EventJson.Default.AgentInvited),
        ("agent-rejected.1", EventJson.Default.AgentRejected),
        ("asked-in-vain.1", EventJson.Default.AskedInVain),
        ("agent-revoked.1", EventJson.Default.AgentRevoked),
        ("agent-joined.1", EventJson.Default.AgentJoined),
        ("agent-join-failed.1", EventJson.Default.AgentJoinFailed),
        ("agent-role-changed.1", EventJson.Default.AgentRoleChanged),
        ("agent-said.1", EventJson.Default.AgentSaid),
        ("agent-started-typing.1", EventJson.Default.AgentStartedTyping),
        ("agent-stopped-typing.1", EventJson.Default.AgentStoppedTyping),
        ("agent-pushed-url.1", EventJson.Default.AgentPushedUrl),
        ("agent-sent-custom-notice.1", EventJson.Default.AgentSentCustomNotice),
        ("agent-noticed.1", EventJson.Default.AgentNoticed),
        ("history-requested.1", EventJson.Default.HistoryRequested),
        ("agent-left.1", EventJson.Default.AgentLeft),
        ("agent-completed.1", EventJson.Default.AgentCompleted),
        ("agent-focused.1", EventJson.Default.AgentFocused),
        ("user-data-changed.1", EventJson.Default.UserDataChanged),
        ("disposition-set.1", EventJson.Default.DispositionSet),
        ("last-agent-saved.1", EventJson.Default.LastAgentSaved),
        ("chat-queued.1", EventJson.Default.ChatQueued),
        ("chat-ended.1", EventJson.Default.ChatEnded),
    ];

    public static readonly (string Name, JsonTypeInfo Shape)[] Agent =
    [
        ("agent-session-started.1", EventJson.Default.AgentSessionStarted),
        ("channel-changed.1", EventJson.Default.ChannelChanged),
        ("chat-taken.1", EventJson.Default.ChatTaken),
        ("chat-attended.1", EventJson.Default.ChatAttended),
        ("chat-released.1", EventJson.Default.ChatReleased),
        ("supervision-started.1", EventJson.Default.SupervisionStarted),
        ("supervision-ended.1", EventJson.Default.SupervisionEnded),
        ("agent-session-ended.1", EventJson.Default.AgentSessionEnded),
        ("signed-out.1", EventJson.Default.SignedOut),
    ];
    public static readonly (string Name, JsonTypeInfo Shape)[] Contact =
    [
        ("contact-created.1", EventJson.Default.ContactCreated),
        ("last-agent-kept.1", EventJson.Default.LastAgentKept),
    ];

    public static readonly (string Name, JsonTypeInfo Shape)[] ContactKey =
    [
        ("contact-key-claimed.1", EventJson.Default.ContactKeyClaimed),
    ];
}
