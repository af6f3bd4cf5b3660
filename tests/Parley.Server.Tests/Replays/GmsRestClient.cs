using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Replays;

/// <summary>Software that speaks GMS Chat Version 2 over REST (door B).</summary>
internal abstract class GmsRestClient(HttpClient http) : PublishedClient(http)
{
    private readonly HashSet<int> shown = [];

    public override string AgentsChatId => ChatId;

    protected string ChatId { get; private set; } = "";

    protected string SecureKey { get; private set; } = "";

    protected string UserId { get; private set; } = "";

    protected string Alias { get; private set; } = "";

    /// <summary>The last index that was shown.</summary>
    protected int LastIndex => shown.DefaultIfEmpty().Max();

    /// <summary>The <c>nextPosition</c> of the last answer that had one.</summary>
    protected int NextPosition { get; private set; } = 1;

    /// <summary>The address of the service, with or without a slash at its end.</summary>
    protected virtual string Root => CustomerClient.Service;

    /// <summary>The form that asks for a chat, exactly as it is sent.</summary>
    protected abstract string CreateForm { get; }

    /// <summary>Which position a poll asks for.</summary>
    protected abstract string Position { get; }

    /// <summary>Looks at an answer as strictly as the software does.</summary>
    protected abstract void Demand(JsonObject answer);

    /// <summary>The fields of a later request, exactly as they are sent.</summary>
    protected virtual string Form(string fields) => $"userId={UserId}&secureKey={SecureKey}&alias={Alias}{fields}";

    public override async Task Begin()
    {
        var answer = await Post(Root, CreateForm);
        Assert.Equal(0, answer["statusCode"]!.GetValue<int>());
        (ChatId, SecureKey) = ($"{answer["chatId"]}", $"{answer["secureKey"]}");
        (UserId, Alias) = ($"{answer["userId"]}", $"{answer["alias"]}");
        if (answer["nextPosition"] is { } next && TrustsCreate) NextPosition = next.GetValue<int>();
        if (TrustsCreate) Show(answer);
    }

    /// <summary>Whether the answer to the first request is looked at for anything but the keys.</summary>
    protected virtual bool TrustsCreate => false;

    public override async Task Type(string text)
    {
        await Do("startTyping", $"&message={Uri.EscapeDataString(text)}");
        await Do("stopTyping", "&message=");
    }

    public override Task Say(string text) => Do("send", $"&message={Uri.EscapeDataString(text)}&messageType=text");

    public override async Task Poll() => Show(await Do("refresh", $"&transcriptPosition={Position}&message="));

    public override async Task Restore()
    {
        Screen.Clear();
        shown.Clear();
        NextPosition = 1;
        Show(await Do("refresh", "&transcriptPosition=1&message="));
    }

    public override async Task Leave()
    {
        Show(await Do("disconnect", ""));
        IsOver = true;
    }

    protected Task<JsonObject> Do(string operation, string fields) =>
        Post($"{CustomerClient.Service}/{ChatId}/{operation}", Form(fields));

    protected async Task<JsonObject> Post(string path, string form)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        var answer = await DoorAnswer.Post(Http, path, content);
        Demand(answer.Body);
        return answer.Body;
    }

    protected void Show(JsonObject answer)
    {
        foreach (var message in answer["messages"]!.AsArray())
        {
            var index = message!["index"]!.GetValue<int>();
            if (!shown.Add(index)) continue;
            if (Line($"{message["type"]}", $"{message["from"]!["nickname"]}", $"{message["text"]}") is { } line) Screen.Add(line);
        }
        if (answer["nextPosition"] is { } next) NextPosition = next.GetValue<int>();
        IsOver |= answer["chatEnded"]!.GetValue<bool>();
    }

    protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
