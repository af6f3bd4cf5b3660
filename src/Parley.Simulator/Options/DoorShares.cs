using System.Globalization;
using Parley.Simulator.Humans;

namespace Parley.Simulator.Options;

/// <summary>A door through which customers come.</summary>
internal enum Door
{
    /// <summary>GWS Customer Chat: polls.</summary>
    Gws,

    /// <summary>GMS Chat over REST: polls.</summary>
    Gms,

    /// <summary>GMS Chat over CometD: is pushed.</summary>
    Cometd,
}

/// <summary>How customers divide between the doors.</summary>
internal sealed record DoorShares(double Gws, double Gms, double Cometd)
{
    private const double Most = 1000;

    public static DoorShares Even { get; } = new(1, 1, 1);

    private double All => Gws + Gms + Cometd;

    /// <summary>The share of customers who are pushed instead of polling, 0 to 1.</summary>
    public double PushedShare => Cometd / All;

    /// <summary><c>gws=1,gms=2,cometd=1</c>, where a door that is left out has none; null if it is not.</summary>
    public static DoorShares? Parse(string text)
    {
        var shares = new Dictionary<string, double> { ["gws"] = 0, ["gms"] = 0, ["cometd"] = 0 };
        foreach (var entry in text.Split(','))
        {
            if (entry.Split('=') is not [var name, var value] || !shares.ContainsKey(name)
                || !double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
                || share > Most) return null;
            shares[name] = share;
        }
        var parsed = new DoorShares(shares["gws"], shares["gms"], shares["cometd"]);
        return parsed.All > 0 ? parsed : null;
    }

    /// <summary>The door that somebody takes.</summary>
    public Door Pick(Chance chance)
    {
        var at = chance.Share() * All;
        return at < Gws ? Door.Gws : at < Gws + Gms ? Door.Gms : Door.Cometd;
    }
}
