using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>User data: the pairs attached to a chat; keys are case-sensitive.</summary>
public static class UserDataRules
{
    /// <summary>The most pairs a chat holds.</summary>
    public const int MaxPairs = 256;

    /// <summary>The most characters that all keys and values of a chat have together.</summary>
    public const int MaxLength = 65_536;

    /// <summary>The default key of a disposition.</summary>
    /// <remarks>Source: Web Services API Reference, "ChatSetDisposition".</remarks>
    public const string DispositionKey = "DispositionCode";

    public static readonly ImmutableSortedDictionary<string, DataValue> Empty =
        ImmutableSortedDictionary.Create<string, DataValue>(StringComparer.Ordinal);

    /// <summary>The events that add the pairs to what the chat has, unless that would be too much.</summary>
    internal static Decision<ChatEvent> Added(Chat chat, ChatEvent change, ImmutableSortedDictionary<string, DataValue> pairs)
    {
        var after = chat.UserData.SetItems(pairs);
        return after.Count <= MaxPairs && after.Sum(p => p.Key.Length + p.Value.Written.Length) <= MaxLength
            ? [change]
            : new Rejection(
                Reason.InvalidInState, $"A chat holds at most {MaxPairs} pairs and {MaxLength} characters of user data.");
    }
}
