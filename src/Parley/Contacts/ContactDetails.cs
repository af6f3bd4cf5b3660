using System.Collections.Immutable;

namespace Parley.Contacts;

/// <summary>What user data says of the person behind it, as far as persons are known again by it.</summary>
/// <param name="Email">In lower case; null if there is none.</param>
/// <param name="Phone">Digits, with a plus sign before them where there is a country code; null if there is none.</param>
/// <param name="Attributes">What a new contact is to be known by, by the names that user data uses.</param>
public sealed record ContactDetails(string? Email, string? Phone, ImmutableSortedDictionary<string, string> Attributes)
{
    public static readonly ImmutableSortedDictionary<string, string> Nothing =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private const int FewestDigits = 6;
    private const int MostDigits = 20;

    private static readonly string[] Kept = ["FirstName", "LastName", "EmailAddress", "PhoneNumber"];

    /// <summary>Whether there is anything to know the person by again.</summary>
    public bool Identify => Email is not null || Phone is not null;

    public static ContactDetails From(ImmutableSortedDictionary<string, DataValue> userData)
    {
        var attributes = Nothing.ToBuilder();
        foreach (var name in Kept)
        {
            if (userData.TryGetValue(name, out var value) && value is { Kind: DataKind.Text, Written: { Length: > 0 } text })
                attributes[name] = text;
        }
        return new ContactDetails(
            EmailOf(attributes.GetValueOrDefault("EmailAddress")), PhoneOf(attributes.GetValueOrDefault("PhoneNumber")),
            attributes.ToImmutable());
    }

    /// <summary>The same address however it is spelt; null for what is none, or has been made unreadable.</summary>
    private static string? EmailOf(string? text)
    {
        var email = text?.Trim().ToLowerInvariant();
        return email is not null && email.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            && !email.Contains('*', StringComparison.Ordinal) && !email.Any(char.IsWhiteSpace)
            ? email
            : null;
    }

    /// <summary>The same number however it is grouped; null for what is none.</summary>
    private static string? PhoneOf(string? text)
    {
        if (text is null || !text.All(c => char.IsAsciiDigit(c) || " +-./()".Contains(c, StringComparison.Ordinal))) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var number = text.TrimStart().StartsWith('+') ? $"+{digits}"
            : digits.StartsWith("00", StringComparison.Ordinal) ? $"+{digits[2..]}" : digits;
        return digits.Length is >= FewestDigits and <= MostDigits ? number : null;
    }
}
