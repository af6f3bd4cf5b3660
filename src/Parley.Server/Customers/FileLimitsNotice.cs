using System.Globalization;
using Parley.Chats;
using Parley.Server.Provisioning;

namespace Parley.Server.Customers;

/// <summary>What a chat's files are limited to, and what is used up, all as text (K5).</summary>
/// <remarks>Source: "FileTransfer", and what published clients demand: every key.</remarks>
internal static class FileLimitsNotice
{
    public static IReadOnlyList<(string Key, string Value)> Of(Chat chat, FileRules rules) =>
    [
        ("upload-max-files", Text(rules.MaxFiles)),
        ("upload-max-file-size", Text(rules.MaxFileBytes)),
        ("upload-max-total-size", Text(rules.MaxTotalBytes)),
        ("upload-file-types", string.Join(':', rules.Types)),
        ("upload-need-agent", rules.NeedsAgent ? "true" : "false"),
        ("download-attempts", Text(rules.MaxDownloads)),
        ("delete-file", "odd"), // the only value ever seen; customers may delete what they sent
        ("used-upload-max-files", Text(chat.Files.Count)),
        ("used-upload-max-total-size", Text(chat.FileBytes)),
        ("used-download-attempts", Text(chat.FilesFetched)),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
