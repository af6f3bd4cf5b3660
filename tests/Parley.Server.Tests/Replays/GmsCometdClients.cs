using System.Globalization;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Replays;

/// <summary>Software that speaks GMS Chat Version 2 over CometD (door C).</summary>
internal abstract class GmsCometdClient(HttpClient http) : PublishedClient(http)
{
    private const string Channel = "/service/chatV2/customer-support";
    /// <summary>Asked for a place that far, the server answers that there is nothing.</summary>
    private const int Fence = 4711;

    private readonly SortedDictionary<int, string?> shown = [];
    private BayeuxListener listener = null!;
    private JsonObject keys = [];

    public override string AgentsChatId => $"{keys["chatId"]}";

    /// <summary>The last index that was shown.</summary>
    protected int LastIndex => shown.Keys.DefaultIfEmpty().Max();

    /// <summary>Whether it subscribes before it says anything.</summary>
    protected abstract bool Subscribes { get; }

    /// <summary>What it asks for when it comes back with nothing but its keys.</summary>
    protected abstract JsonNode Everything { get; }

    /// <summary>What it says of itself, beside the operation.</summary>
    protected abstract JsonObject Introduction { get; }

    /// <summary>Looks at a push as strictly as the software does.</summary>
    protected abstract void Demand(JsonObject push);

    public override async Task Begin()
    {
        await Open();
        await Publish("requestChat", Introduction);
        // K7: anything else ends the attempt
        var first = await listener.Inbox.Next(Channel, "the keys");
        Assert.Equal((0, false), (first["statusCode"]!.GetValue<int>(), first["chatEnded"]!.GetValue<bool>()));
        foreach (var key in new[] { "chatId", "secureKey", "userId", "alias" })
            keys[key] = first[key]!.GetValue<string>();
        Show(first);
    }

    public override async Task Type(string text)
    {
        await Publish("startTyping", new() { ["message"] = text });
        await Publish("stopTyping", new() { ["message"] = text });
    }

    public override Task Say(string text) => Publish("sendMessage", new() { ["message"] = text, ["messageType"] = "text" });

    /// <summary>Looks at what has been pushed so far; an answer that nobody else waits for tells that this was all.</summary>
    public override async Task Poll()
    {
        await Publish("refresh", new() { ["transcriptPosition"] = Fence });
        while (await Take() != Fence)
        {
        }
    }

    public override async Task Restore()
    {
        await GoAway(listener);
        await listener.DisposeAsync();
        Screen.Clear();
        shown.Clear();
        await Open();
        await Publish("requestNotifications", new() { ["transcriptPosition"] = Everything.DeepClone(), ["message"] = "" });
        await Take();
    }

    public override async Task Leave()
    {
        await Publish("disconnect", []);
        while (!IsOver) await Take();
    }

    protected virtual Task GoAway(BayeuxListener session) => Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing) listener?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private async Task Open()
    {
        listener = new BayeuxListener(Http, "/genesys/cometd");
        await listener.Handshake();
        if (Subscribes) await listener.Subscribe(Channel);
        await listener.Connect();
    }

    private async Task Publish(string operation, JsonObject data)
    {
        data["operation"] = operation;
        foreach (var (key, value) in keys) data[key] = value!.DeepClone();
        var reply = await listener.Send(new JsonObject { ["channel"] = Channel, ["data"] = data });
        Assert.True(reply["successful"]!.GetValue<bool>(), reply.ToJsonString());
    }

    private async Task<int> Take()
    {
        var push = await listener.Inbox.Next(Channel, "a push");
        Show(push);
        return push["nextPosition"]?.GetValue<int>() ?? 0;
    }

    private void Show(JsonObject push)
    {
        Demand(push);
        foreach (var message in push["messages"]!.AsArray())
        {
            var index = message!["index"]!.GetValue<int>();
            // K14: what was shown once never comes again
            Assert.True(index > LastIndex, $"{push.ToJsonString()} after {LastIndex}");
            shown[index] = Line($"{message["type"]}", $"{message["from"]!["nickname"]}", $"{message["text"]}");
            if (shown[index] is { } line) Screen.Add(line);
        }
        IsOver |= push["chatEnded"]!.GetValue<bool>();
    }

    protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// The widget with CometD: it never subscribes (K8), and its page asks for everything again when it is loaded again.
/// </summary>
internal sealed class WidgetOverCometd(HttpClient http) : GmsCometdClient(http)
{
    protected override bool Subscribes => false;

    protected override JsonNode Everything => 1;

    protected override JsonObject Introduction => JsonNode.Parse("""
        {"nickname":"","firstName":"Ada","lastName":"","emailAddress":"ada@example.test","subject":"Invoice 4711","text":"",
         "userData":{"GCTI_LanguageCode":"en","_genesys_source":"web","_genesys_url":"https://shop.example.test/"}}
        """)!.AsObject();

    protected override void Demand(JsonObject push) => GmsDemands.OfWidget(push);
}

/// <summary>The Java SDK: it subscribes, counts in texts, and 0 is everything.</summary>
internal sealed class JavaSdk(HttpClient http) : GmsCometdClient(http)
{
    protected override bool Subscribes => true;

    protected override JsonNode Everything => "0";

    protected override JsonObject Introduction => JsonNode.Parse("""
        {"nickname":"Ada","firstName":"Ada","lastName":"A.","subject":"","emailAddress":"","userData":{}}
        """)!.AsObject();

    protected override void Demand(JsonObject push) => GmsDemands.OfJavaSdk(push);
}

/// <summary>The iOS library: it subscribes, and leaves for the background with a word of how far it has read.</summary>
internal sealed class IosLibraryOverCometd(HttpClient http) : GmsCometdClient(http)
{
    protected override bool Subscribes => true;

    protected override JsonNode Everything => "1";

    protected override JsonObject Introduction => JsonNode.Parse("""
        {"nickname":"Ada","subject":"","secureKey":"","userId":"","alias":"",
         "userData":{"push_notification_type":"ios","push_notification_deviceid":"x","push_notification_debug":"false"}}
        """)!.AsObject();

    protected override void Demand(JsonObject push) => GmsDemands.OfIosLibrary(push);

    protected override Task GoAway(BayeuxListener session) => session.Send(new JsonObject
    {
        ["channel"] = "/meta/disconnect",
        ["ext"] = new JsonObject { ["transcriptPosition"] = Number(LastIndex) },
    });
}
