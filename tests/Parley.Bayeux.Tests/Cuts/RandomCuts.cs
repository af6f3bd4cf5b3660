using System.Text;
using Parley.Bayeux.Tests.Network;

namespace Parley.Bayeux.Tests.Cuts;

/// <summary>What the tests of cut connections do to a network and to a host.</summary>
internal static class RandomCuts
{
    /// <summary>Cuts all connections that many times, each after a random number of bytes in a random direction.</summary>
    public static async Task CutAtRandom(this FlakyNetwork network, int times, Random random)
    {
        for (var i = 0; i < times; i++)
        {
            // a request is small, an answer has any size
            await (random.Next(3) == 0
                ? network.CutAfter(Direction.ToServer, random.OfAnyMagnitude(1, 4000))
                : network.CutAfter(Direction.ToClient, random.OfAnyMagnitude(1, 300_000)));
        }
    }

    public static Task PublishJson(this TestHost host, string channel, string data)
    {
        host.Server.Publish(BayeuxEvent.Create(ChannelName.Parse(channel), Encoding.UTF8.GetBytes(data)));
        return Task.CompletedTask;
    }
}
