namespace Parley.Server.Provisioning;

/// <summary>When a service is open: times of the week in a place's own time, and days on which it is closed.</summary>
internal sealed record OpeningHours(
    TimeZoneInfo Zone, IReadOnlyList<OpeningTime> Times, IReadOnlySet<DateOnly> ClosedOn)
{
    public static readonly OpeningHours Always = new(TimeZoneInfo.Utc, [], new HashSet<DateOnly>());

    /// <summary>Without any times it is open always, but for the days on which it is closed.</summary>
    public bool AreOpenAt(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        if (ClosedOn.Contains(DateOnly.FromDateTime(local.DateTime))) return false;
        var time = TimeOnly.FromDateTime(local.DateTime);
        return Times.Count == 0
            || Times.Any(t => t.Days.Contains(local.DayOfWeek) && t.From <= time && (time < t.To || t.To == default));
    }
}

/// <summary>From when to when on some days of the week; a <paramref name="To"/> of midnight is the end of the day.</summary>
internal sealed record OpeningTime(IReadOnlySet<DayOfWeek> Days, TimeOnly From, TimeOnly To);
