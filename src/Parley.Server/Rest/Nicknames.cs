using System.Globalization;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest;

/// <summary>
/// The name under which customers see an agent who gave none: the setting <c>chat.nickname</c> with its fields filled in.
/// </summary>
internal static class Nicknames
{
    private const string Setting = "chat.nickname";

    /// <summary>Whether a name means something to widgets and desktops, so that nobody may be called so.</summary>
    /// <remarks>Also where letters of another width, or marks that nobody sees, make it another name for computers
    /// alone.</remarks>
    public static bool IsReserved(string name)
    {
        // the full-width forms of ASCII stand in its order
        var seen = string.Concat(name
            .Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)
            .Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - '\uFF01' + '!') : c)).Trim();
        return seen.Equals("system", StringComparison.OrdinalIgnoreCase)
            || seen.StartsWith("_GCTI", StringComparison.OrdinalIgnoreCase);
    }

    public static string Of(User user)
    {
        var pattern = user.DesktopSetting(Setting);
        var nickname = pattern?
            .Replace("$Agent.UserName$", user.Name, StringComparison.Ordinal)
            .Replace("$Agent.FirstName$", user.FirstName, StringComparison.Ordinal)
            .Replace("$Agent.LastName$", user.LastName, StringComparison.Ordinal)
            .Replace("$Agent.FullName$", $"{user.FirstName} {user.LastName}", StringComparison.Ordinal)
            .Trim();
        return string.IsNullOrEmpty(nickname) ? user.Name : nickname;
    }
}
