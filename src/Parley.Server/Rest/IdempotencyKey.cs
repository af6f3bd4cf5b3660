using System.Security.Cryptography;
using System.Text;
using Parley.Privacy;

namespace Parley.Server.Rest;

/// <summary>
/// The header <c>Idempotency-Key</c>: the same request again with the same key counts once, whoever's answer got lost.
/// </summary>
/// <param name="Text">The key: printable ASCII, at most 128 characters.</param>
/// <param name="Content">What the request asks for; only a hash of it is stored.</param>
internal sealed record IdempotencyKey(string Text, string Content)
{
    public const string Header = "Idempotency-Key";

    /// <summary>What the header is, for those who send it.</summary>
    public const string Meaning =
        "A key of the caller's own, up to 128 printable ASCII characters: the same request again with the same key counts once.";

    private const int MaxLength = 128;

    /// <summary>What tells this request from others: 32 hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content)).AsSpan(0, 16));

    /// <summary>The same where some of the content must not be stored, not even as a hash that could be tried out.</summary>
    public IdempotencyKey Under(Masking masking) => masking.IsNeeded ? this with { Content = masking.Of(Content) } : this;

    /// <summary>The key, null if there is none; or why it cannot be used.</summary>
    /// <param name="content">What the request asks for.</param>
    public static (IdempotencyKey? Key, Rejection? Refused) Of(HttpRequest request, string content) =>
        Of(request.Headers[Header].ToString(), content);

    /// <inheritdoc cref="Of(HttpRequest, string)"/>
    /// <param name="key">As it was sent; empty for none.</param>
    public static (IdempotencyKey? Key, Rejection? Refused) Of(string key, string content)
    {
        if (key.Length == 0) return (null, null);
        return key.Length <= MaxLength && key.All(c => c is > ' ' and <= '~')
            ? (new IdempotencyKey(key, content), null)
            : (null, new Rejection(
                Reason.InvalidInState, $"An idempotency key must be 1 to {MaxLength} printable ASCII characters."));
    }
}
