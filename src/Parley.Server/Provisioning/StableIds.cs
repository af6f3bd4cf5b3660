using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Provisioning;

/// <summary>Ids for what the file names but gives no id: made from kind and name, so the same after every restart.</summary>
internal static class StableIds
{
    /// <summary>32 lower-case hexadecimal digits, for users.</summary>
    public static string Hex(string kind, string name) => Make(kind, name).ToString("n");

    /// <summary>A GUID with dashes, lower case.</summary>
    public static string Dashed(string kind, string name) => Make(kind, name).ToString("d");

    private static Guid Make(string kind, string name) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}/{name}")).AsSpan(0, 16), bigEndian: true);
}
