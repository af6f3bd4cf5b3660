using Parley.Bench.Push.Players;

namespace Parley.Bench.Push;

/// <summary>A server with one of its transports.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Transport"><c>websocket</c> or <c>long-polling</c>.</param>
/// <param name="Cast">Makes its clients.</param>
internal sealed record Contestant(string Server, string Transport, Func<Crowd, int, Player> Cast)
{
    public const string Ceiling = "kestrel";
    public const string PollCeiling = "polls";
    public const string Ours = "bayeux";
    public const string Faye = "faye";
    public const string CometD = "cometd";
    public const string WebSocket = "websocket";
    public const string LongPolling = "long-polling";

    /// <summary>All there are, the ceiling first. The bare broadcast cannot poll, CometD for Node has no WebSocket.</summary>
    public static readonly IReadOnlyList<Contestant> All =
    [
        new(Ceiling, WebSocket, static (crowd, number) => new BareWebSocket(crowd, number)),
        new(Ours, WebSocket, static (crowd, number) => new BayeuxOnWebSocket(crowd, number)),
        new(Faye, WebSocket, static (crowd, number) => new BayeuxOnWebSocket(crowd, number)),
        new(Ours, LongPolling, static (crowd, number) => new BayeuxOnHttp(crowd, number)),
        new(CometD, LongPolling, static (crowd, number) => new BayeuxOnHttp(crowd, number)),
        new(Faye, LongPolling, static (crowd, number) => new BayeuxOnHttp(crowd, number)),
    ];

    /// <summary>As the head of a column.</summary>
    public override string ToString() => Server + (Transport == WebSocket ? " ws" : " poll");
}
