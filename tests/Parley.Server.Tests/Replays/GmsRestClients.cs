using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Replays;

/// <summary>
/// The widget in its default mode: a slash at the end, keys alone from the first answer, own deduplication by index.
/// </summary>
internal sealed class WidgetOverRest(HttpClient http) : GmsRestClient(http)
{
    protected override string Root => CustomerClient.Service + "/";

    protected override string CreateForm =>
        "nickname=&firstName=Ada&lastName=&emailAddress=ada%40example.test&subject=Invoice+4711&text="
        + "&userData%5BGCTI_LanguageCode%5D=en&userData%5B_genesys_source%5D=web&userData%5B_genesys_referrer%5D="
        + "&userData%5B_genesys_url%5D=https%3A%2F%2Fshop.example.test%2F&userData%5B_genesys_pageTitle%5D=Shop"
        + "&userData%5B_genesys_browser%5D=Chrome&userData%5B_genesys_OS%5D=Linux&userData%5B_genesys_widgets%5D=9.0.018"
        + "&alias=&secureKey=&userId=";

    protected override string Position => Number(LastIndex + 1);

    protected override void Demand(JsonObject answer) => GmsDemands.OfWidget(answer);

    public override async Task Type(string text)
    {
        await Do("startTyping", $"&message={Uri.EscapeDataString(text)}&transcriptPosition={Position}");
        await Do("stopTyping", $"&message={Uri.EscapeDataString(text)}&transcriptPosition={Position}");
    }
}

/// <summary>The iOS library in an app that polls: numbers as text, one event read twice on purpose, no goodbye.</summary>
internal sealed class IosAppOverRest(HttpClient http) : GmsRestClient(http)
{
    protected override string CreateForm => "nickname=Ada&subject=&userData%5BTimeZone%5D=60&push_notification_type=";

    protected override string Position => Number(Math.Max(NextPosition - 1, 1));

    protected override string Form(string fields) => $"secureKey={SecureKey}{fields}";

    protected override void Demand(JsonObject answer) => GmsDemands.OfIosLibrary(answer);
}

/// <summary>A bot in Python made from a description of the API: all keys on every call, first words on create.</summary>
internal sealed class PythonBot(HttpClient http) : GmsRestClient(http)
{
    protected override string CreateForm => "firstName=Ada&lastName=&nickname=Ada&text=&subject=bot&emailAddress=";

    protected override bool TrustsCreate => true;

    protected override string Position => Number(NextPosition);

    protected override string Form(string fields) => $"alias={Alias}&secureKey={SecureKey}&userId={UserId}&nickname=Ada{fields}";

    protected override void Demand(JsonObject answer) => GmsDemands.OfJavaSdk(answer);
}

/// <summary>A page with jQuery: quoted keys of user data, positions from the server, a receipt for what was read.</summary>
internal sealed class JQueryPage(HttpClient http) : GmsRestClient(http)
{
    protected override string CreateForm =>
        "nickname=Ada&subject=Help&userData%5B%22EmailAddress%22%5D=ada%40example.test&userData%5B%22page%22%5D=home";

    protected override string Position => Number(NextPosition);

    protected override void Demand(JsonObject answer) => GmsDemands.OfJavaSdk(answer);

    public override async Task Poll()
    {
        await base.Poll();
        if (!IsOver) await Do("readReceipt", $"&transcriptPosition={Number(LastIndex)}");
    }
}

/// <summary>A page with Angular: polls with what the server said last, also before it was told anything.</summary>
internal sealed class AngularPage(HttpClient http) : GmsRestClient(http)
{
    protected override string CreateForm => "nickname=Ada&firstName=Ada&lastName=A.&emailAddress=&subject=";

    protected override string Position => Number(NextPosition);

    protected override void Demand(JsonObject answer) => GmsDemands.OfWidget(answer);

    public override async Task Say(string text) =>
        Show(await Do("send", $"&message={Uri.EscapeDataString(text)}&transcriptPosition={Position}&_=1763640421000"));
}

/// <summary>The connector of another desk: fields in a fixed order, no position but in polls, brackets percent-encoded.</summary>
internal sealed class Connector(HttpClient http) : GmsRestClient(http)
{
    protected override string CreateForm =>
        "nickname=Ada&userData%5BRoom%5D=R-17&userData%5BSource%5D=desk&firstName=Ada&lastName=A.";

    protected override string Position => Number(NextPosition);

    protected override string Form(string fields) => $"userId={UserId}&alias={Alias}&secureKey={SecureKey}{fields}";

    protected override void Demand(JsonObject answer) => GmsDemands.OfJavaSdk(answer);
}
