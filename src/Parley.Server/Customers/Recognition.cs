using System.Collections.Immutable;
using System.Globalization;
using Parley.Contacts;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Customers;

/// <summary>Recognises the contact behind a request for a chat, and the agent who knows it.</summary>
/// <remarks>Source: Web Services API Reference, "Complete" (<c>saveLAR</c>); "ChatMatch".</remarks>
internal sealed class Recognition(ContactBook contacts, ContactCenter center, TimeProvider time)
{
    private const string IdKey = "ContactId";

    /// <summary>The most pairs that are added to what a customer sends.</summary>
    public const int MostPairs = 5;

    public async Task<Familiarity> Of(ImmutableSortedDictionary<string, DataValue> userData, ChatService service)
    {
        if (service.Contacts == ContactPolicy.None) return new(null, null, userData.Remove(IdKey));
        // a visitor cannot set this key, but for centres whose pages know who is signed in there
        var trusted = userData.TryGetValue(IdKey, out var id) ? id.Written : null;
        var strangers = service.Contacts == ContactPolicy.Create ? OfStrangers.KeepContact : OfStrangers.KeepNothing;
        var contact = await contacts.Identify(trusted, ContactDetails.From(userData), strangers);
        if (contact is null) return new(null, null, userData.Remove(IdKey));
        return new(contact.Id, ToAskFirst(contact, service), userData.SetItems(PairsOf(contact)));
    }

    /// <summary>The contact's last agent, unless that is too long ago.</summary>
    private AgentId? ToAskFirst(Contact contact, ChatService service) =>
        contact.LastAgent is { } last && last.At + service.LastAgentWindow > time.GetUtcNow() ? last.Agent : null;

    /// <summary>What the chat's user data says of the contact; agents are named by their ids in the company.</summary>
    private IEnumerable<KeyValuePair<string, DataValue>> PairsOf(Contact contact)
    {
        yield return new(IdKey, DataValue.Of(contact.Id.Value));
        if (contact.LastAgent is not { } last || center.Users.ById(last.Agent) is not { } user) yield break;
        var employee = DataValue.Of(user.EmployeeId);
        var at = DataValue.Of(last.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        yield return new("LastCalledAgent_EmployeeID", employee);
        yield return new("LastCalledAgent_TimeStamp", at);
        yield return new("LCA_EmplID_chat", employee);
        yield return new("LCA_TimeStamp_chat", at);
    }
}

/// <summary>Whom a customer is known to be.</summary>
/// <param name="Contact">Null for a stranger of whom nothing is kept.</param>
/// <param name="LastAgent">The agent to be asked first; null for whoever is free.</param>
/// <param name="UserData">What the customer said, and what is known.</param>
internal readonly record struct Familiarity(
    ContactId? Contact, AgentId? LastAgent, ImmutableSortedDictionary<string, DataValue> UserData);
