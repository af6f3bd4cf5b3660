using Microsoft.AspNetCore.Identity;

namespace Parley.Server.Accounts;

/// <summary>Password hashes: PBKDF2 with salt and iteration count inside, as text.</summary>
internal static class Passwords
{
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();

    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    public static bool Verify(string hash, string password) =>
        Hasher.VerifyHashedPassword(Nobody, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>Whether the text is a hash of the kind that <see cref="Hash"/> makes.</summary>
    public static bool IsHash(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= 13 + 16 + 16 && bytes[0] == 1;
    }
}
