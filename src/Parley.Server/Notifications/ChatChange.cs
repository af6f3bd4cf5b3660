using Parley.Chats;

namespace Parley.Server.Notifications;

/// <summary>News of a changed chat, in the words that all topics share.</summary>
/// <param name="Type">The <c>notificationType</c>.</param>
/// <param name="Error">What went wrong; null if nothing did.</param>
internal sealed record ChatChange(string Type, ChatView View, int? ReferenceId, string? Error = null)
{
    /// <summary>The change that the news is about; null for news of entries in the log.</summary>
    public static ChatChange? Of(News news) => news switch
    {
        News.StatusChanged s => new("StatusChange", s.View, s.ReferenceId),
        News.ParticipantsChanged p => new("ParticipantsUpdated", p.View, p.ReferenceId),
        News.PropertiesChanged p => new("PropertiesUpdated", p.View, p.ReferenceId),
        News.HelpFailed f => new("Error", f.View, f.ReferenceId, Explained(f.Why)),
        _ => null,
    };

    /// <summary>Why a colleague who was asked for help does not come; null for a plain no.</summary>
    private static string Explained(RevokeReason? why) => why switch
    {
        null => "The invited agent declined.",
        RevokeReason.NoAnswer => "The invited agent did not answer in time.",
        RevokeReason.Withdrawn => "The invitation was withdrawn.",
        RevokeReason.NotReady or RevokeReason.LoggedOut => "The invited agent is no longer available.",
        _ => "The chat ended before the invited agent answered.",
    };
}
