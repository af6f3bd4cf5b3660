using System.Net;
using Parley.Bench.Push.Loop;

namespace Parley.Bench.Customers;

/// <summary>The doors of one server, as all customers of a run share them.</summary>
internal sealed class Doors(EventLoop loop, IPEndPoint server, string service, Stage stage)
{
    public EventLoop Loop => loop;

    public IPEndPoint Server => server;

    /// <summary>The chat service's name.</summary>
    public string Service => service;

    public Stage Stage => stage;

    public Steps Steps { get; } = new(loop);

    /// <summary>What is measured at present.</summary>
    public Measures Measures { get; set; } = new(from: 0);

    /// <summary>Polls and messages that were due and are not answered yet.</summary>
    public long UnderWay { get; set; }
}
