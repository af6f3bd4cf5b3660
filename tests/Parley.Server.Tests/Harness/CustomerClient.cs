using System.Globalization;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>A customer's page reduced to HTTP: one chat through the GMS Chat v2 REST API.</summary>
internal sealed class CustomerClient : IDisposable
{
    public const string Service = "/genesys/2/chat/customer-support";

    private readonly HttpClient http;
    private readonly Queue<JsonObject> unread = [];
    private int position = 1;

    private CustomerClient(HttpClient http, JsonObject created)
    {
        this.http = http;
        Created = created;
    }

    /// <summary>The answer to the request that made the chat.</summary>
    public JsonObject Created { get; }

    public string ChatId => Created["chatId"]!.GetValue<string>();

    public string SecureKey => Created["secureKey"]!.GetValue<string>();

    /// <summary>Asks for a chat.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="fields">Form fields, such as <c>nickname</c>.</param>
    public static async Task<CustomerClient> Ask(Uri server, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var http = new HttpClient { BaseAddress = server, Timeout = Eventually.Patience };
        var created = await DoorAnswer.Post(http, Service, fields);
        return new CustomerClient(http, created.Succeeded().Body);
    }

    public static Task<CustomerClient> Ask(Uri server, string nickname) =>
        Ask(server, [KeyValuePair.Create("nickname", nickname)]);

    /// <summary>Posts one operation of the chat, the key added.</summary>
    public Task<DoorAnswer> Post(string operation, params (string Name, string Value)[] fields) =>
        DoorAnswer.Post(http, $"{Service}/{ChatId}/{operation}",
            [KeyValuePair.Create("secureKey", SecureKey), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);

    public async Task Say(string text) => (await Post("send", ("message", text))).Succeeded();

    /// <summary>The whole story as the customer may see it.</summary>
    public async Task<JsonObject> ReadAll() => (await Post("refresh", ("transcriptPosition", "1"))).Succeeded().Body;

    /// <summary>The next event the customer has not seen yet, waiting for it.</summary>
    public Task<JsonObject> Next(string waitingFor = "an event") =>
        Eventually.Get(async () =>
        {
            if (unread.Count == 0) await Refresh();
            return unread.TryDequeue(out var next) ? next : null;
        }, () => $"The customer waited for {waitingFor}.");

    /// <summary>What has happened and was not taken by <see cref="Next"/>.</summary>
    public async Task<IReadOnlyList<JsonObject>> Untaken()
    {
        await Refresh();
        return [.. unread];
    }

    /// <summary>Counts everything so far as seen.</summary>
    public async Task TakeAll()
    {
        await Refresh();
        unread.Clear();
    }

    /// <summary>Reads what is new; answers whether the chat has ended.</summary>
    public async Task<bool> Refresh()
    {
        var answer = (await Post("refresh", ("transcriptPosition", position.ToString(CultureInfo.InvariantCulture))))
            .Succeeded().Body;
        foreach (var message in answer["messages"]!.AsArray()) unread.Enqueue(message!.AsObject());
        position = answer["nextPosition"]!.GetValue<int>();
        return answer["chatEnded"]!.GetValue<bool>();
    }

    public void Dispose() => http.Dispose();
}
