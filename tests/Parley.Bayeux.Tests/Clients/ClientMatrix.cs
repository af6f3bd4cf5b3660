namespace Parley.Bayeux.Tests.Clients;

/// <summary>The clients that judge the server, as rows of theories: client, transport, with or without the ack extension.</summary>
public static class ClientMatrix
{
    /// <summary>The package of today, under Node.</summary>
    public const string Newest = "cometd-9.0.0";

    /// <summary>The same in a browser.</summary>
    public const string NewestInChromium = Newest + " in Chromium";

    private static readonly string[] CometDUnderNode = ["cometd-3.1.14", "cometd-5.0.23", "cometd-7.0.19", Newest];
    private static readonly string[] CometDInChromium = ["cometd-3.1.14 in Chromium", NewestInChromium];
    private static readonly string[] Faye = ["faye-1.4.3"];
    private static readonly string[] Both = ["websocket", "long-polling"];
    private static readonly string[] AllThree = [.. Both, "callback-polling"];
    private static readonly bool[] AckOrNot = [false, true];

    public static IEnumerable<TheoryDataRow<string, string, bool>> All =>
        [.. Rows(Faye, Both, [false]), .. CometD];

    public static IEnumerable<TheoryDataRow<string, string, bool>> CometD =>
        [.. Rows(CometDUnderNode, Both, AckOrNot), .. Rows(CometDInChromium, AllThree, AckOrNot)];

    public static IEnumerable<TheoryDataRow<string>> Clients => [.. Rows(Faye), .. CometDClients];

    public static IEnumerable<TheoryDataRow<string>> CometDClients => [.. Rows(CometDUnderNode), .. Rows(CometDInChromium)];

    private static IEnumerable<TheoryDataRow<string>> Rows(string[] clients) =>
        clients.Select(client => new TheoryDataRow<string>(client));

    private static IEnumerable<TheoryDataRow<string, string, bool>> Rows(string[] clients, string[] transports, bool[] acks) =>
        from client in clients
        from transport in transports
        from ack in acks
        select new TheoryDataRow<string, string, bool>(client, transport, ack);
}
