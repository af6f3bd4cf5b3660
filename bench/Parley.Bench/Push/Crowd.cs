using System.Net;
using Parley.Bench.Push.Loop;
using Parley.Bench.Push.Players;

namespace Parley.Bench.Push;

/// <summary>All clients of one server: so many listeners, in pairs, and one publisher beside them.</summary>
internal sealed class Crowd
{
    private readonly Steps steps;

    public Crowd(EventLoop loop, IPEndPoint server, Contestant contestant, int size, int textSize, Faults faults)
    {
        (Loop, Server, Size, TextSize, Faults) = (loop, server, size, textSize, faults);
        steps = new Steps(loop);
        Everybody = [.. Enumerable.Range(0, size + 1).Select(number => contestant.Cast(this, number))];
        Listeners = Everybody[..size];
        Publisher = Everybody[size];
    }

    public EventLoop Loop { get; }

    public IPEndPoint Server { get; }

    /// <summary>How many listeners; also the publisher's number.</summary>
    public int Size { get; }

    /// <summary>Bytes in the text of each message.</summary>
    public int TextSize { get; }

    public Faults Faults { get; }

    /// <summary>The listeners and the publisher.</summary>
    public Player[] Everybody { get; }

    public Player[] Listeners { get; }

    public Player Publisher { get; }

    /// <summary>Told of each message that is heard for the first time.</summary>
    public Action<Player, Stamp> Heard { get; set; } = (_, _) => { };

    /// <summary>Has these players take a step, some at a time; answers how long it took.</summary>
    /// <exception cref="IOException">There is no progress.</exception>
    public TimeSpan Each(Player[] players, Action<Player> step) => steps.Each(players, step);

    /// <summary>A player has done what it was asked to do.</summary>
    public void StepDone() => steps.Done();

    public void Hear(Player player, Stamp stamp)
    {
        var tally = stamp.Kind is Audience.Everybody ? player.FromPublisher : player.FromPartner;
        if (tally.Hear(stamp.Number)) Heard(player, stamp);
    }

    /// <summary>Adds what was lost or heard twice to the faults.</summary>
    public void CountLosses()
    {
        foreach (var player in Listeners)
        {
            Add("lost", player.FromPublisher.Missing(Publisher.SaidToEverybody));
            Add("lost", player.FromPartner.Missing(Listeners[player.Number ^ 1].SaidToPartner));
            Add("heard twice", player.FromPublisher.Repeats + player.FromPartner.Repeats);
        }

        void Add(string kind, int count)
        {
            for (var i = 0; i < count; i++) Faults.Add(kind);
        }
    }
}
