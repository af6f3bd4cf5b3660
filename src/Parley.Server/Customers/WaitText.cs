using System.Globalization;
using Parley.Queues;

namespace Parley.Server.Customers;

/// <summary>How an estimated wait is written: minutes, <c>2-5</c> or <c>3</c>.</summary>
internal static class WaitText
{
    /// <summary>What is written when too few chats were accepted lately to tell.</summary>
    public const string Unknown = "unknown";

    public static string Of(WaitEstimate wait) => wait.AtLeast == wait.AtMost
        ? wait.AtMost.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{wait.AtLeast}-{wait.AtMost}");
}
