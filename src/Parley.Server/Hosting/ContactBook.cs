using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Parley.Chats;
using Parley.Contacts;
using Parley.Log;

namespace Parley.Server.Hosting;

/// <summary>Finds out whom a customer is known to be, and keeps with the contact what its chats leave behind.</summary>
/// <remarks>
/// A contact is found by its id, else by e-mail address, else by telephone number, in this order. What a visitor says of itself
/// makes a new contact but adds nothing to one that is known: nobody proved to be who it says. Source: "ChatMatch".
/// </remarks>
internal sealed class ContactBook(
    Folds<Contact, ContactEvent> contacts, Folds<ContactKey, ContactKeyEvent> keys, CommandLog log)
{
    private const int Attempts = 8;
    private const string IdAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 16;

    /// <summary>The contact of these details; null for one that is unknown and not to be created.</summary>
    /// <param name="id">The id that somebody who is trusted gave; null for none.</param>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async Task<Contact?> Identify(string? id, ContactDetails details, OfStrangers strangers)
    {
        if (id is { Length: IdLength } && (await contacts.Read(id)).State is { Exists: true } trusted) return trusted;
        for (var attempt = 0; attempt < Attempts && details.Identify; attempt++)
        {
            var known = await KeysOf(details);
            if (known.Select(k => k.State.Holder).FirstOrDefault(h => h is not null) is { } holder)
                return (await contacts.Read(holder.Value)).State;
            if (strangers == OfStrangers.KeepNothing) return null;
            if (await Create(details, known) is { } created) return created;
        }
        return null;
    }

    /// <summary>What a chat's events leave with its contact, decided on what is stored there now.</summary>
    public async Task<IDraft?> Draft(Chat chat, ImmutableArray<ChatEvent> events)
    {
        if (chat.Contact is not { } id) return null;
        ContactEvent[] changes = [.. ContactChanges.Of(events)];
        if (changes.Length == 0) return null;
        var fold = await contacts.Read(id.Value);
        return new Draft<Contact, ContactEvent>(contacts, fold, fold.Now, [.. changes]);
    }

    private async Task<List<Fold<ContactKey, ContactKeyEvent>>> KeysOf(ContactDetails details)
    {
        var known = new List<Fold<ContactKey, ContactKeyEvent>>();
        if (details.Email is { } email) known.Add(await keys.Read($"email/{Hash(email)}"));
        if (details.Phone is { } phone) known.Add(await keys.Read($"phone/{Hash(phone)}"));
        return known;
    }

    /// <summary>A new contact, known by its keys from now on; null when somebody was first.</summary>
    private async Task<Contact?> Create(ContactDetails details, List<Fold<ContactKey, ContactKeyEvent>> free)
    {
        var fold = await contacts.Read(RandomNumberGenerator.GetString(IdAlphabet, IdLength));
        var id = new ContactId(contacts.IdOf(fold));
        IDraft[] drafts =
        [
            new Draft<Contact, ContactEvent>(contacts, fold, fold.Now, [new ContactCreated(id, details.Attributes)]),
            .. free.Select(key => new Draft<ContactKey, ContactKeyEvent>(keys, key, key.Now, [new ContactKeyClaimed(id)])),
        ];
        var command = CommandLog.IdOf(fold.Stream, default);
        return await log.Store(command, drafts, log.StampFor(default)) == AppendOutcome.Stored ? fold.State : null;
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>What is done about customers whom nobody knows.</summary>
internal enum OfStrangers
{
    /// <summary>They become contacts.</summary>
    KeepContact,

    /// <summary>They stay strangers.</summary>
    KeepNothing,
}
