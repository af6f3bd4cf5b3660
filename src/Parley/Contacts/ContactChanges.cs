using Parley.Chats;

namespace Parley.Contacts;

/// <summary>What a chat's events mean for the contact it is held with. Both are stored together or not at all.</summary>
public static class ContactChanges
{
    public static IEnumerable<ContactEvent> Of(IEnumerable<ChatEvent> events) =>
        events.OfType<LastAgentSaved>().Select(saved => new LastAgentKept(saved.Agent));
}
