using System.Runtime.CompilerServices;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>Every area of other people's test suites that can be replayed is, and the document says by which tests.</summary>
public sealed class AreasTests
{
    /// <summary>Set to anything, it makes the tests write the document anew.</summary>
    private const string WriteVariable = "PARLEY_WRITE_DOCUMENTS";

    /// <summary>The areas whose tests are still to come; a line goes when its test arrives.</summary>
    private static readonly (string Suite, string Area)[] Awaited =
    [
        ("CometD HTTP", "Connect-only delivery"),
        ("CometD HTTP", "Custom deny responses"),
        ("CometD HTTP", "Authorizers"),
        ("CometD HTTP", "Ack extension"),
        ("CometD HTTP", "Extensions (handshake, connect, subscribe, unsubscribe, publish, disconnect)"),
        ("CometD HTTP", "Message order"),
        ("CometD WebSocket", "Client over WebSocket"),
        ("CometD WebSocket", "Retry and restart"),
        ("CometD WebSocket", "Concurrent abort and publish"),
        ("CometD WebSocket", "Request context"),
        ("CometD transports", "Connect failure with ack / overtaken connect with ack"),
        ("CometD transports", "Handshake reconnect"),
        ("CometD transports", "Expired session handshake"),
        ("CometD transports", "Network failure, short and long"),
        ("CometD transports", "Transport negotiation and failure"),
        ("CometD transports", "Response headers rejected, proxy"),
        ("CometD transports", "Sweep during processing"),
        ("CometD transports", "Load"),
        ("CometD JavaScript", "Publish, subscribe, unsubscribe, batch, auto-batch, multi-publish"),
        ("CometD JavaScript", "Publish held until handshook; messages after failed handshake"),
        ("CometD JavaScript", "Handshake properties, dynamic properties, failure, multiple handshakes"),
        ("CometD JavaScript", "Advice"),
        ("CometD JavaScript", "Connect failure, temporary failure, empty response, max network delay"),
        ("CometD JavaScript", "Disconnect by client, in listeners, by server, after deliver"),
        ("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary"),
        ("CometD JavaScript", "Charset, falsy data"),
        ("CometD JavaScript", "Remote calls"),
        ("CometD JavaScript", "Transport negotiation failure, transport failure"),
        ("CometD Node", "`cometd-nodejs-client`: client, TypeScript client"),
        ("CometD Node", "… websocket"),
        ("CometD Node", "… cookies"),
        ("CometD Node", "… https, proxy (with include/exclude lists and authentication)"),
        ("CometD Node", "… usage, integration, chat, extensions, ack"),
        ("Faye", "extensions"),
        ("Faye", "integration"),
        ("No loss across reconnects", "connection dies while a connect is held"),
        ("No loss across reconnects", "connect reply with batch b lost"),
        ("No loss across reconnects", "reply arrived, next connect lost"),
        ("No loss across reconnects", "client slow: sends a second connect while the first is being answered"),
        ("No loss across reconnects", "client away longer than maxInterval"),
        ("No loss across reconnects", "server restart"),
        ("No loss across reconnects", "page reload with the reload extension"),
        ("No loss across reconnects", "fallback to another transport"),
        ("What clients depend on", "remote-call answers repeat the request's id on an event"),
        ("What clients depend on", "every connect reply of an ack session repeats everything unacknowledged"),
        ("Own tests on top", "the JavaScript client closes its socket when it disconnects"),
    ];

    [Fact]
    public void Every_area_that_can_be_replayed_has_a_test()
    {
        var missing = AreaTable.Rows.Where(row => row.How is not Replay.None)
            .Select(row => (row.Suite, row.Name))
            .Where(area => !AreaCoverage.Tests.Contains(area))
            .ToList();
        AssertNone("has no test", missing.Except(Awaited));
        AssertNone("is awaited although it has a test, or is no area", Awaited.Except(missing));
    }

    [Fact]
    public void No_test_names_an_area_that_cannot_be_replayed()
    {
        var replayable = AreaTable.Rows.Where(row => row.How is not Replay.None).Select(row => (row.Suite, row.Name)).ToHashSet();
        AssertNone("is named by a test", AreaCoverage.Tests.Select(area => area.Key).Where(area => !replayable.Contains(area)));
    }

    [Fact]
    public void Each_area_is_listed_once_and_one_that_is_not_replayed_says_why()
    {
        Assert.Equal(AreaTable.Rows.Count, AreaTable.Rows.Select(row => (row.Suite, row.Name)).Distinct().Count());
        Assert.All(AreaTable.Rows, row => Assert.Equal(row.How is Replay.None, row.Why.Length > 0));
    }

    [Fact]
    public void The_document_says_which_tests_replay_which_area()
    {
        var path = DocumentPath();
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null) File.WriteAllText(path, AreaCoverage.Document());
        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == AreaCoverage.Document(),
            $"docs/bayeux-coverage.md is not up to date: run this test with {WriteVariable}=1.");
    }

    private static void AssertNone(string wrong, IEnumerable<(string Suite, string Area)> areas)
    {
        var lines = areas.Select(area => $"(\"{area.Suite}\", \"{area.Area}\"), // {wrong}").ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }

    private static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "bayeux-coverage.md"));
}
