namespace Parley.Server.Rest;

/// <summary>The header <c>Idempotency-Key</c>: asking twice with the same key counts once, whoever's answer got lost.</summary>
internal static class IdempotencyKey
{
    private const int MaxLength = 128;

    /// <summary>The key, null if there is none; or why it cannot be used.</summary>
    public static (string? Key, Rejection? Refused) Of(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0) return (null, null);
        return key.Length <= MaxLength && key.All(c => c is > ' ' and <= '~')
            ? (key, null)
            : (null, new Rejection(Reason.InvalidInState, $"The header Idempotency-Key must be 1 to {MaxLength} printable ASCII characters."));
    }
}
