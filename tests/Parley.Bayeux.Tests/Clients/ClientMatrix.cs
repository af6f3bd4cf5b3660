namespace Parley.Bayeux.Tests.Clients;

/// <summary>The clients that judge the server, as rows of theories: client, transport, with the ack extension or not.</summary>
public static class ClientMatrix
{
    public const string NewestClient = "cometd-9.0.0";
    public const string FayeInChromium = "faye-1.4.3 in Chromium";

    private static readonly string[] CometDUnderNode = ["cometd-3.1.14", "cometd-5.0.23", "cometd-7.0.19", NewestClient];
    private static readonly string[] CometDInChromium = ["cometd-3.1.14 in Chromium", NewestClient + " in Chromium"];
    private static readonly string[] Faye = ["faye-1.4.3", FayeInChromium];
    private static readonly string[] UnderNode = ["websocket", "long-polling"];
    private static readonly string[] InPages = [.. UnderNode, "callback-polling"];
    private static readonly bool[] AckOrNot = [false, true];

    public static IEnumerable<TheoryDataRow<string, string, bool>> All => [.. Rows(Faye, UnderNode, [false]), .. CometD];

    public static IEnumerable<TheoryDataRow<string, string, bool>> CometD =>
        [.. Rows(CometDUnderNode, UnderNode, AckOrNot), .. InChromium];

    public static IEnumerable<TheoryDataRow<string, string, bool>> InChromium => Rows(CometDInChromium, InPages, AckOrNot);

    /// <summary>The package of today, under Node and in a page.</summary>
    public static IEnumerable<TheoryDataRow<string, string, bool>> Newest =>
        [.. Rows(CometDUnderNode[^1..], UnderNode, AckOrNot), .. Rows(CometDInChromium[^1..], InPages, AckOrNot)];

    /// <summary>The package of today of each library, under Node and in a page.</summary>
    public static IEnumerable<TheoryDataRow<string, string, bool>> NewestOfEach =>
        [.. Rows(Faye, UnderNode, [false]), .. Newest];

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
