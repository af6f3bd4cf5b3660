namespace Parley.Contacts;

/// <summary>Something by which a contact is known again, and whose it is: an e-mail address or a telephone number.</summary>
/// <param name="Holder">Whose it is; null while it is nobody's.</param>
public sealed record ContactKey(ContactId? Holder)
{
    /// <summary>Nobody's.</summary>
    public static readonly ContactKey Free = new((ContactId?)null);

    /// <summary>What it is after an event, whatever it was before.</summary>
    public static ContactKey After(ContactKeyEvent e) => e switch
    {
        ContactKeyClaimed c => new(c.Contact),
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "Not an event of a contact's key."),
    };
}

/// <summary>Something that happened to what contacts are known by. These are stored for ever.</summary>
public abstract record ContactKeyEvent;

/// <summary>From now on it stands for this contact.</summary>
public sealed record ContactKeyClaimed(ContactId Contact) : ContactKeyEvent;
