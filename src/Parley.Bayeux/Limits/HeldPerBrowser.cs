namespace Parley.Bayeux;

/// <summary>How many connects each browser has held: its tabs share some six HTTP/1 connections.</summary>
internal sealed class HeldPerBrowser
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> held = new(StringComparer.Ordinal);

    /// <summary>Counts one more unless that would be more than <paramref name="most"/>; -1 is any number.</summary>
    public bool TryEnter(string? browser, int most)
    {
        if (browser is null) return true;
        lock (gate)
        {
            var now = held.GetValueOrDefault(browser);
            if (most >= 0 && now >= most) return false;
            held[browser] = now + 1;
            return true;
        }
    }

    public void Leave(string? browser)
    {
        if (browser is null) return;
        lock (gate)
        {
            var left = held[browser] - 1;
            if (left > 0) held[browser] = left;
            else held.Remove(browser);
        }
    }
}
