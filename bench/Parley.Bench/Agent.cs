using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Parley.Bench;

/// <summary>
/// An agent's desktop: hears of offers and messages by CometD, accepts, answers and completes by REST, one request at a time.
/// </summary>
internal sealed class Agent : IAsyncDisposable
{
    private const int MostErrands = 20_000;
    private const int MostAnswersWaiting = 50;
    private const string Ours = "/api/v2/me/chats/";

    private static readonly byte[] AcceptBody = """{"operationName":"Accept"}"""u8.ToArray();
    private static readonly byte[] CompleteBody = """{"operationName":"Complete"}"""u8.ToArray();

    private readonly Wire wire;
    private readonly Stage stage;
    private readonly IReadOnlyList<ICustomer> customers;
    private readonly int answerEvery;
    private readonly Credentials who;
    private readonly BayeuxClient notifications;
    private readonly ChatNotice notice;
    private readonly Channel<Errand> errands = Channel.CreateBounded<Errand>(MostErrands);
    private readonly ConcurrentDictionary<string, string> states = new();
    private Task working = Task.CompletedTask;
    private int pending;

    /// <param name="answerEvery">Answers every so manieth message of a customer; 0 for none.</param>
    public Agent(
        Login login, Wire wire, Stage stage, IReadOnlyList<ICustomer> customers, int answerEvery, bool longPolling = false)
    {
        (this.wire, this.stage, this.customers, this.answerEvery) = (wire, stage, customers, answerEvery);
        who = new Credentials(login);
        notice = new ChatNotice(StateHeard, TextHeard);
        IBayeuxTransport transport = longPolling
            ? new BayeuxLongPolling(wire, who)
            : new BayeuxWebSocket(wire.Server, who, stage.Faults);
        notifications = new BayeuxClient(transport, notice.Read, stage.Faults);
    }

    /// <summary>Errands not yet done.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Signs in, subscribes, finishes what an earlier run left, and becomes ready.</summary>
    /// <exception cref="IOException">The server refused.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        Demand(await wire.GetAsync(wire.At("/api/v2/me"), who, cancel));
        await notifications.OpenAsync(cancel);
        await notifications.SubscribeAsync("/v2/me/chats", cancel);
        Demand(await MeAsync("""{"operationName":"StartContactCenterSession","channels":["chat"]}""", cancel));
        await FinishLeftoversAsync(cancel);
        Demand(await MeAsync("""{"operationName":"Ready"}""", cancel));
        working = Task.Run(() => WorkAsync(cancel), CancellationToken.None);
    }

    /// <summary>Goes home.</summary>
    public async ValueTask DisposeAsync()
    {
        errands.Writer.TryComplete();
        await working;
        await notifications.ExpectEndAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await MeAsync("""{"operationName":"EndContactCenterSession"}""", soon.Token);
        }
        catch (OperationCanceledException)
        {
            stage.Faults.Add("EndContactCenterSession: no answer");
        }
        await notifications.DisposeAsync();
    }

    private void StateHeard(string chatId, string state)
    {
        var news = !states.TryGetValue(chatId, out var before) || before != state;
        states[chatId] = state;
        if (!news) return;
        if (state == "Invited") Enqueue(new(Act.Accept, chatId, Stopwatch.GetTimestamp()));
        else if (state is "LeftChat" or "JoinFailed") Enqueue(new(Act.Complete, chatId, Stopwatch.GetTimestamp()));
        else if (state is "Completed" or "Revoked") states.TryRemove(chatId, out _);
    }

    private void TextHeard(ReadOnlySpan<byte> text)
    {
        var number = stage.Texts.NumberIn(text);
        if (number < 0) return;
        var sender = stage.Journal.Seen(number, Stopwatch.GetTimestamp());
        if (sender < 0 || answerEvery == 0) return;
        var customer = customers[sender];
        if (customer.CountSeen() % answerEvery != 0) return;
        // an agent who is behind answers the newer messages; what waits must not grow with the length of the run
        if (Pending >= MostAnswersWaiting) stage.CountSkippedAnswer();
        else Enqueue(new(Act.Answer, customer.ChatId, 0));
    }

    private void Enqueue(Errand errand)
    {
        Interlocked.Increment(ref pending);
        if (errands.Writer.TryWrite(errand)) return;
        Interlocked.Decrement(ref pending);
        stage.Faults.Add($"{errand.Act}: the agent has too much to do");
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var errand in errands.Reader.ReadAllAsync(cancel))
            {
                await DoAsync(errand, cancel);
                Interlocked.Decrement(ref pending);
            }
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }

    private async Task DoAsync(Errand errand, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var body = errand.Act switch { Act.Accept => AcceptBody, Act.Answer => AgentText.Body(start), _ => CompleteBody };
        var answer = await wire.PostAsync(wire.At(Ours + errand.ChatId), body, Wire.Json, who, cancel);
        if (answer.Refusal() is { } refusal)
        {
            stage.Faults.Add($"{errand.Act}: {refusal}");
            return;
        }
        switch (errand.Act)
        {
            case Act.Accept:
                stage.Accepts.Record(errand.Heard, Stopwatch.GetTimestamp());
                stage.Accepted(errand.ChatId);
                break;
            case Act.Answer:
                stage.Answers.Record(start, Stopwatch.GetTimestamp());
                break;
            default:
                stage.Completed(errand.ChatId);
                break;
        }
    }

    private Task<Answer> MeAsync(string body, CancellationToken cancel) =>
        wire.PostAsync(wire.At("/api/v2/me"), Encoding.UTF8.GetBytes(body), Wire.Json, who, cancel);

    private async Task FinishLeftoversAsync(CancellationToken cancel)
    {
        var answer = await wire.GetAsync(wire.At("/api/v2/me/chats?fields=*"), who, cancel);
        Demand(answer);
        using var list = JsonDocument.Parse(answer.Body);
        foreach (var chat in list.RootElement.GetProperty("chats").EnumerateArray())
        {
            var address = wire.At(Ours + chat.GetProperty("id").GetString());
            var body = chat.GetProperty("state").GetString() == "Invited"
                ? """{"operationName":"Reject"}"""u8.ToArray()
                : CompleteBody;
            await wire.PostAsync(address, body, Wire.Json, who, cancel);
        }
    }

    private static void Demand(Answer answer)
    {
        if (answer.Refusal() is { } refusal) throw new IOException(refusal);
    }

    private enum Act { Accept, Answer, Complete }

    private readonly record struct Errand(Act Act, string ChatId, long Heard);
}
