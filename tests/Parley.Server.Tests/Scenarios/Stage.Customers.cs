using System.Text.RegularExpressions;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Scenarios;

internal sealed partial class Stage
{
    private async Task CustomerStep(string name, string text)
    {
        var customer = cast.Customer(name);
        if (text == "hears nothing more") await HearsNothingMore(name, customer);
        else if (text == "hears the chat end") await HearsTheEnd(name, customer);
        else if (text.StartsWith("hears ", StringComparison.Ordinal)) await Hears(name, customer, text["hears ".Length..]);
        else await CustomerRequest(name, customer, text);
    }

    private async Task Hears(string name, CustomerClient customer, string expected)
    {
        foreach (var pattern in Shorthand.Events(expected).Select(cast.Fill))
            JsonPattern.Parse(pattern).Check(await customer.Next(pattern), $"{name} hears");
    }

    private static async Task HearsNothingMore(string name, CustomerClient customer)
    {
        await HasHeardAll(name, customer);
        Assert.False(await customer.Refresh(), $"{name}'s chat has ended");
    }

    /// <summary>The customer's poll reads the log itself; what was answered before the poll is in it or will never be.</summary>
    private static async Task HasHeardAll(string name, CustomerClient customer)
    {
        var untaken = await customer.Untaken();
        Assert.True(
            untaken.Count == 0, $"{name} should hear nothing more: {string.Join('\n', untaken.Select(e => e.ToJsonString()))}");
    }

    private static async Task HearsTheEnd(string name, CustomerClient customer)
    {
        Assert.True(await customer.Refresh(), $"{name}'s chat has not ended");
        var untaken = await customer.Untaken();
        Assert.True(
            untaken.Count == 0, $"{name} heard more before the end: {string.Join('\n', untaken.Select(e => e.ToJsonString()))}");
    }

    private async Task CustomerRequest(string name, CustomerClient customer, string text)
    {
        var request = DoorRequest().Match(text);
        if (!request.Success) throw new FormatException($"{name} cannot do this: {text}");
        var answer = await customer.Post(
            request.Groups["operation"].Value, [.. Fields(cast.Fill(request.Groups["fields"].Value))]);
        Assert.True($"{answer.Http}" == request.Groups["status"].Value, $"{name}: HTTP {answer.Http} {answer.Text}");
        JsonPattern.Parse(cast.Fill(request.Groups["answer"].Value)).Check(answer.Body, $"{name} is answered");
    }

    [GeneratedRegex(@"^POST (?<operation>[A-Za-z/]+)(?<fields>.*?) -> +(?<status>\d{3}) (?<answer>.*)$")]
    private static partial Regex DoorRequest();
}
