using System.Diagnostics;
using System.Text;

namespace Parley.Bench;

/// <summary>A customer at door B: creates a chat, sends, polls with refresh, disconnects.</summary>
internal sealed class Customer(int number, Wire wire, string service, Stage stage) : ICustomer
{
    private static readonly byte[] CreateBody =
        Encoding.ASCII.GetBytes(
            "firstName=Mira&lastName=Holt&nickname=&emailAddress=&subject=Parcel&text=&userData%5B_genesys_source%5D=web");

    private Uri? send, refresh, disconnect;
    private byte[] identity = [];
    private byte[] sendFields = [];
    private string nextPosition = "1";
    private int messagesSeen;

    /// <summary>The customer's number in this run, from 0.</summary>
    public int Number { get; } = number;

    public string ChatId { get; private set; } = "";

    /// <summary>Creates the chat; false if the server did not.</summary>
    public async Task<bool> CreateAsync(CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await wire.PostAsync(wire.At($"/genesys/2/chat/{service}"), CreateBody, Wire.Form, null, cancel);
        if (answer.Refusal() is { } refusal)
        {
            stage.Faults.Add($"create: {refusal}");
            return false;
        }
        stage.Creates.Record(start, Stopwatch.GetTimestamp());
        ChatId = answer.Field("chatId"u8) ?? "";
        var chat = $"/genesys/2/chat/{service}/{ChatId}";
        (send, refresh, disconnect) = (wire.At($"{chat}/send"), wire.At($"{chat}/refresh"), wire.At($"{chat}/disconnect"));
        identity = Encoding.ASCII.GetBytes(
            $"userId={answer.Field("userId"u8)}&secureKey={answer.Field("secureKey"u8)}&alias={answer.Field("alias"u8)}");
        sendFields = [.. identity, .. "&messageType=text&message="u8];
        return true;
    }

    /// <summary>Sends one message and enters it in the journal.</summary>
    /// <param name="due">When it was to be sent, a <see cref="Stopwatch"/> timestamp.</param>
    public async Task SendAsync(long due, CancellationToken cancel)
    {
        var message = stage.Journal.Begin(Number, due);
        if (message < 0)
        {
            stage.Faults.Add("send: the journal is full");
            return;
        }
        var answer = await wire.PostAsync(send!, stage.Texts.Body(sendFields, message), Wire.Form, null, cancel);
        if (answer.Refusal() is { } refusal) stage.Faults.Add($"send: {refusal}");
        else stage.Journal.Acknowledged(message);
    }

    /// <summary>Asks for what is new, as a page does every few seconds.</summary>
    /// <param name="due">When it was to ask, a <see cref="Stopwatch"/> timestamp.</param>
    public async Task RefreshAsync(long due, CancellationToken cancel)
    {
        byte[] body = [.. identity, .. "&message=&transcriptPosition="u8, .. Encoding.ASCII.GetBytes(nextPosition)];
        var answer = await wire.PostAsync(refresh!, body, Wire.Form, null, cancel);
        if (answer.Refusal() is { } refusal)
        {
            stage.Faults.Add($"refresh: {refusal}");
            return;
        }
        stage.Refreshes.Record(due, Stopwatch.GetTimestamp());
        nextPosition = answer.Field("nextPosition"u8) ?? nextPosition;
    }

    /// <summary>Leaves; the chat ends.</summary>
    public async Task DisconnectAsync(CancellationToken cancel)
    {
        var answer = await wire.PostAsync(disconnect!, identity, Wire.Form, null, cancel);
        if (answer.Refusal() is { } refusal) stage.Faults.Add($"disconnect: {refusal}");
    }

    public int CountSeen() => Interlocked.Increment(ref messagesSeen);
}
