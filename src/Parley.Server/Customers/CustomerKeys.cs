using System.Security.Cryptography;
using System.Text;
using Parley.Chats;

namespace Parley.Server.Customers;

/// <summary>What lets a customer back into a chat. Only a hash of it is stored.</summary>
internal static class CustomerKeys
{
    private const string IdAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly string NoHash = Hash("");

    /// <summary>
    /// 128 random bits as 32 lower-case hexadecimal digits; for door A, whose clients know nothing but an id, 122 as a GUID.
    /// </summary>
    public static string NewKey(Door door)
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        if (door != Door.Gws) return Convert.ToHexStringLower(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40); // a random GUID, by the digits that say so
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString("D");
    }

    /// <summary>A customer's id at the door: 16 upper-case hexadecimal digits.</summary>
    public static string NewUserId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>The id of the chat that a key leads to: five digits or letters, an <c>a</c>, ten digits or letters.</summary>
    /// <remarks>Not the other way round. At some addresses the key is all that customers send.</remarks>
    public static ChatId ChatIdOf(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"chat of {key}"));
        // the 256 values of a byte do not fall evenly on 36 letters, which does no harm to what is no secret
        var letters = string.Concat(hash.Take(15).Select(b => IdAlphabet[b % IdAlphabet.Length]));
        return new ChatId($"{letters[..5]}a{letters[5..]}");
    }

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether the key opens the chat; takes the same time whether there is a chat or not.</summary>
    public static bool Opens(string? key, Chat? chat) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Hash(key ?? "")), Encoding.ASCII.GetBytes(chat?.KeyHash ?? NoHash))
        & chat is not null & !string.IsNullOrEmpty(key);
}
