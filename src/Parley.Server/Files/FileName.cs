namespace Parley.Server.Files;

/// <summary>The names that files may come with: one segment, printable, and not turned around by what it is made of.</summary>
internal static class FileName
{
    private const string Separators = "/\\:";

    /// <summary>Marks of writing direction, which make <c>gpj.exe</c> look like <c>exe.jpg</c>, and others nobody sees.</summary>
    private const string Misleading =
        "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u2028\u2029\uFEFF\uFFFD";

    public static bool IsAcceptable(string name, int maxLength) =>
        name.Length <= maxLength && name.Trim('.', ' ').Length > 0
        && !name.Any(c => char.IsControl(c) || Separators.Contains(c) || Misleading.Contains(c))
        && HasWholeCharacters(name);

    /// <summary>The extension in lower case, without the dot; empty if there is none.</summary>
    public static string ExtensionOf(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();

    private static bool HasWholeCharacters(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD) return false;
        }
        return true;
    }
}
