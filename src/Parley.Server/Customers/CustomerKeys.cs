using System.Security.Cryptography;
using System.Text;
using Parley.Chats;

namespace Parley.Server.Customers;

/// <summary>What lets a customer back into a chat. Only a hash of it is stored.</summary>
internal static class CustomerKeys
{
    private const string IdAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly string NoHash = Hash("");

    /// <summary>128 random bits as 32 lower-case hexadecimal digits.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A customer's id at the door: 16 upper-case hexadecimal digits.</summary>
    public static string NewUserId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>A chat id: five digits or letters, an <c>a</c>, ten digits or letters.</summary>
    public static ChatId NewChatId()
    {
        var random = RandomNumberGenerator.GetString(IdAlphabet, 15);
        return new ChatId($"{random[..5]}a{random[5..]}");
    }

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether the key opens the chat; takes the same time whether there is a chat or not.</summary>
    public static bool Opens(string? key, Chat? chat) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Hash(key ?? "")), Encoding.ASCII.GetBytes(chat?.KeyHash ?? NoHash))
        & chat is not null & !string.IsNullOrEmpty(key);
}
