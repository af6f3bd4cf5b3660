using System.Globalization;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Customers;

/// <summary>
/// The connection of a pushed customer is cut at every step: requests, answers and pushes are lost, sessions end, the server
/// starts anew. Once it is back, the customer has exactly the transcript that the server has.
/// </summary>
public sealed class GmsCometdCutTests : IAsyncDisposable
{
    private readonly SortedDictionary<int, string> seen = [];
    private RunningServer server = null!;
    private AgentClient bob = null!;
    private PushedCustomer page = null!;
    private string chat = "";
    private int position = 1;

    /// <summary>What goes wrong between two messages.</summary>
    public enum Cut
    {
        RequestLost,
        AnswerLost,
        PushLost,
        SessionLost,
        ServerRestarted,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_it_is_cut_the_customer_ends_with_the_transcript_of_the_server(int seed)
    {
        var random = new Random(seed);
        server = await RunningServer.Start(null, "--Parley:GmsCometd:BatchMs=0", "--Parley:Routing:PauseAfterDeclineMs=0");
        page = await PushedCustomer.Ask(server.Address, "Ada");
        Take(page.Keys);
        await SignInBob();
        chat = await bob.AcceptNext();

        // each kind of cut once in every order that the seed gives, and some more
        var cuts = Enum.GetValues<Cut>().Concat(Enumerable.Range(0, 4).Select(_ => (Cut)random.Next(4))).ToArray();
        random.Shuffle(cuts);
        for (var step = 0; step < cuts.Length; step++)
        {
            await Bob("SendMessage", $"agent {step}");
            await page.Publish("sendMessage", $",\"message\":\"customer {step}\"");
            if (random.Next(2) == 0) await TakePushes($"customer {step}");
            await Suffer(cuts[step], step);
        }
        await TakePushes("the end");
        await page.Publish("refresh", ",\"transcriptPosition\":1");
        JsonObject all;
        do all = await page.Next(); while (all["messages"]!.AsArray() is not [{ } m, ..] || m["index"]!.GetValue<int>() != 1);

        Assert.Equal(Lines(all), seen.Select(e => (e.Key, e.Value)));
    }

    public async ValueTask DisposeAsync()
    {
        await page.DisposeAsync();
        await bob.DisposeAsync();
        await server.DisposeAsync();
    }

    private async Task Suffer(Cut cut, int step)
    {
        switch (cut)
        {
            case Cut.RequestLost:
                // nothing arrives; the poll breaks as well
                await page.Listener.Vanish();
                break;
            case Cut.AnswerLost:
                await LoseAnswer($"unanswered {step}");
                break;
            case Cut.PushLost:
                await Bob("SendMessage", $"lost {step}");
                await page.Listener.Vanish();
                break;
            case Cut.SessionLost:
                await page.Listener.Disconnect();
                await Bob("SendMessage", $"while away {step}");
                break;
            default:
                await page.Listener.Vanish();
                await bob.DisposeAsync();
                server = await server.Restart();
                await SignInBob();
                break;
        }
        await Bob("SendMessage", $"after {step}");
        var before = page;
        page = await before.OpenAnother(server.Address);
        await before.DisposeAsync();
        Take(await page.Listen(position.ToString(CultureInfo.InvariantCulture)));
        // clients ask again until they are answered, so some ask twice
        if (step % 2 == 0) Take(await page.Listen($"\"{position}\""));
    }

    /// <summary>Something is published and done, and the connection breaks before the customer knows.</summary>
    private async Task LoseAnswer(string text)
    {
        var publishing = page.Publish("sendMessage", $",\"message\":\"{text}\"");
        await Eventually.True(async () => (await bob.ReadMessages(chat)).Any(m => $"{m!["text"]}" == text));
        await page.Listener.Vanish();
        try
        {
            await publishing;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // whether it was answered in time does not matter
        }
    }

    private async Task SignInBob()
    {
        bob = server.Agent(1);
        await bob.SignIn();
        await bob.GoReady();
    }

    private async Task Bob(string operation, string text) =>
        (await bob.Do(chat, operation, new JsonObject { ["text"] = text })).Succeeded();

    private async Task TakePushes(string last)
    {
        if (last == "the end") await Bob("SendMessage", last);
        while (!seen.Values.Any(line => line.EndsWith(last, StringComparison.Ordinal))) Take(await page.Next());
    }

    /// <summary>Takes a push as clients do: by index, and goes on after the highest.</summary>
    private void Take(JsonObject push)
    {
        Assert.Equal(0, push["statusCode"]!.GetValue<int>());
        Assert.False(push["chatEnded"]!.GetValue<bool>());
        foreach (var (index, line) in Lines(push))
        {
            Assert.True(index >= position, $"{index} was pushed though {position} was asked for");
            seen[index] = line;
        }
        position = Math.Max(position, push["nextPosition"]!.GetValue<int>());
    }

    private static IEnumerable<(int Index, string Line)> Lines(JsonObject push) => push["messages"]!.AsArray()
        .Select(m => (m!["index"]!.GetValue<int>(), $"{m["from"]!["nickname"]} {m["type"]} {m["text"]}"));
}
