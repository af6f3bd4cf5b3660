using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>User data: the pairs attached to a chat; keys are case-sensitive.</summary>
public static class UserDataRules
{
    public static readonly ImmutableSortedDictionary<string, DataValue> Empty =
        ImmutableSortedDictionary.Create<string, DataValue>(StringComparer.Ordinal);

    /// <summary>The default key of a disposition.</summary>
    /// <remarks>Source: Web Services API Reference, "ChatSetDisposition".</remarks>
    public const string DispositionKey = "DispositionCode";
}
