using System.Text.Json;

namespace Parley.Bayeux.Meta;

/// <summary>The <c>subscription</c> member: one name, or a list of names.</summary>
internal static class SubscriptionList
{
    /// <summary>Reads all the names, or gives the error of the first that is none.</summary>
    public static string? Read(ReadOnlySpan<byte> json, List<ChannelName> names)
    {
        if (json.IsEmpty) return BayeuxErrors.SubscriptionMissing;

        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return BayeuxErrors.SubscriptionMissing;
        if (reader.TokenType is JsonTokenType.String) return Add(ref reader, names);
        if (reader.TokenType is not JsonTokenType.StartArray) return BayeuxErrors.SubscriptionInvalid;

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (Add(ref reader, names) is { } error) return error;
        }
        return names.Count == 0 ? BayeuxErrors.SubscriptionMissing : null;
    }

    private static string? Add(ref Utf8JsonReader reader, List<ChannelName> names)
    {
        if (reader.TokenType is not JsonTokenType.String || !ChannelName.TryParse(TextOf(ref reader), out var name))
            return BayeuxErrors.SubscriptionInvalid;
        names.Add(name);
        return null;
    }

    // No legal name needs an escape; JSON allows "\/" all the same. Half a surrogate pair is no text.
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
