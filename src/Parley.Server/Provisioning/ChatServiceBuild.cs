using System.Collections.Frozen;
using System.Globalization;
using Parley.Chats;
using Parley.Privacy;

namespace Parley.Server.Provisioning;

/// <summary>A chat service made from its entry in a file that has been found right.</summary>
internal static class ChatServiceBuild
{
    public static ChatService From(ServiceEntry entry, Queue queue) => new(entry.Name, queue)
    {
        AllowsEndpoint = entry.AllowEndpoint,
        RequiresNames = entry.RequireNames,
        RequiresFirstName = entry.RequireFirstName,
        RequiresLastName = entry.RequireLastName,
        ShowsTypingPreview = entry.TypingPreview,
        AllowsAsynchronous = entry.Asynchronous,
        ApiKeys = entry.ApiKeys,
        Greeting = entry.Greeting,
        AnnouncesPosition = entry.AnnouncePosition,
        Contacts = Enum.Parse<ContactPolicy>(entry.Contacts, ignoreCase: true),
        PositionText = entry.PositionText,
        PositionAndWaitText = entry.PositionAndWaitText,
        LastAgentWindow = TimeSpan.FromMilliseconds(entry.LastAgentWindowMs),
        Masking = new Masking(entry.Masking.Cards, [.. entry.Masking.Patterns.Select(Masking.Pattern)]),
        Idle = new IdleRules
        {
            Live = Times(entry.Idle.AlertMs, entry.Idle.SecondAlertMs, entry.Idle.CloseMs, entry.Idle.Notices),
            Asynchronous = Times(entry.Idle.AsyncAlertMs, 0, entry.Idle.AsyncCloseMs, entry.Idle.AsyncNotices),
            AlertText = entry.Idle.AlertText,
            SecondAlertText = entry.Idle.SecondAlertText,
            CloseText = entry.Idle.CloseText,
        },
        Files = new FileRules
        {
            Enabled = entry.Files.Enabled,
            MaxFiles = entry.Files.MaxFiles,
            MaxFileBytes = entry.Files.MaxFileBytes,
            MaxTotalBytes = entry.Files.MaxTotalBytes,
            Types = entry.Files.Types,
            NeedsAgent = entry.Files.NeedAgent,
            MaxDownloads = entry.Files.MaxDownloads,
        },
        Hours = HoursFrom(entry.Hours),
    };

    /// <summary>What in the opening hours leads nowhere, with the path below the entry.</summary>
    public static IEnumerable<string> Broken(HoursEntry hours)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone, out _))
            yield return $"timeZone: '{hours.TimeZone}' is not a time zone such as 'Europe/Madrid'.";
        foreach (var (index, day) in hours.ClosedOn.Index().Where(d => !TryDate(d.Item, out _)))
            yield return $"closedOn[{index}]: '{day}' is not a date such as '2026-12-25'.";
        var backwards = hours.Times.Index().Where(t => Time(t.Item.To) != default && Time(t.Item.To) <= Time(t.Item.From));
        foreach (var (index, _) in backwards)
            yield return $"times[{index}].to: must be later than 'from'.";
    }

    /// <summary>The patterns that cannot be used, with the path below the entry.</summary>
    public static IEnumerable<string> Broken(MaskingEntry masking)
    {
        foreach (var (index, pattern) in masking.Patterns.Index())
        {
            if (WhyUnusable(pattern) is { } why) yield return $"patterns[{index}]: {why}";
        }
    }

    private static string? WhyUnusable(string pattern)
    {
        try
        {
            return Masking.Pattern(pattern).IsMatch("") ? "matches where there is nothing." : null;
        }
        catch (ArgumentException)
        {
            return "is not a regular expression.";
        }
        catch (NotSupportedException)
        {
            return "must not look ahead, behind or back, which takes too long on long texts.";
        }
    }

    private static IdleTimes Times(long alertMs, long secondAlertMs, long closeMs, string notices) => new(
        TimeSpan.FromMilliseconds(alertMs), TimeSpan.FromMilliseconds(secondAlertMs), TimeSpan.FromMilliseconds(closeMs),
        Enum.Parse<IdleNotices>(notices, ignoreCase: true));

    private static OpeningHours HoursFrom(HoursEntry hours) => new(
        TimeZoneInfo.FindSystemTimeZoneById(hours.TimeZone),
        [
            .. hours.Times.Select(t => new OpeningTime(
                t.Days.Select(Enum.Parse<DayOfWeek>).ToFrozenSet(), Time(t.From), Time(t.To))),
        ],
        hours.ClosedOn.Select(d => DateOnly.ParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToFrozenSet());

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
