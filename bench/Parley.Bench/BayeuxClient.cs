using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>One CometD session: handshake, a connect always under way, subscriptions, and the events that arrive.</summary>
/// <param name="eventRead">Told the <c>data</c> of each event, as the bytes that arrived.</param>
internal sealed class BayeuxClient(IBayeuxTransport transport, PayloadReader eventRead, Faults faults) : IAsyncDisposable
{
    /// <summary>Where agents' notifications are.</summary>
    public const string Path = "/api/v2/notifications";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<BayeuxReply>> waiting = new();
    private readonly CancellationTokenSource closing = new();
    private string clientId = "";
    private int lastId;

    /// <summary>Shakes hands and starts connecting.</summary>
    /// <exception cref="IOException">The server refused or is not there.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        await transport.OpenAsync(Read, cancel);
        var reply = await AskAsync(
            "/meta/handshake", $"""
            "version":"1.0","supportedConnectionTypes":["{transport.Name}"]
            """, cancel);
        if (reply is not { Successful: true, ClientId: { } id }) throw new IOException($"handshake refused: {reply.Error}");
        clientId = id;
        _ = Task.Run(StayConnectedAsync, CancellationToken.None);
    }

    /// <summary>Subscribes to a channel.</summary>
    /// <exception cref="IOException">The server refused.</exception>
    public async Task SubscribeAsync(string channel, CancellationToken cancel)
    {
        var reply = await AskAsync("/meta/subscribe", $"""
            "clientId":"{clientId}","subscription":"{channel}"
            """, cancel);
        if (!reply.Successful) throw new IOException($"subscription to {channel} refused: {reply.Error}");
    }

    /// <summary>Connects no more, for the server is about to end the session.</summary>
    public Task ExpectEndAsync() => closing.CancelAsync();

    /// <summary>Says goodbye and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            if (clientId.Length > 0) await AskAsync("/meta/disconnect", $"""
                "clientId":"{clientId}"
                """, soon.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // the server forgets the session by itself
        }
        await transport.DisposeAsync();
    }

    private async Task StayConnectedAsync()
    {
        try
        {
            while (!closing.IsCancellationRequested)
            {
                var reply = await AskAsync("/meta/connect", $"""
                    "clientId":"{clientId}","connectionType":"{transport.Name}"
                    """, closing.Token);
                if (reply.Successful) continue;
                faults.Add($"connect refused: {reply.Error}");
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // closing
        }
        catch (IOException broken)
        {
            faults.Add($"connect: {broken.Message}");
        }
    }

    private async Task<BayeuxReply> AskAsync(string channel, string members, CancellationToken cancel)
    {
        var id = Interlocked.Increment(ref lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answered = new TaskCompletionSource<BayeuxReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answered;
        try
        {
            await transport.SendAsync(
                Encoding.UTF8.GetBytes($$"""[{"channel":"{{channel}}","id":"{{id}}",{{members}}}]"""), cancel);
            return await answered.Task.WaitAsync(channel == "/meta/connect" ? Patience * 4 : Patience, cancel);
        }
        catch (TimeoutException)
        {
            throw new IOException($"no reply to {channel}");
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    private void Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) ReadMessage(ref reader, payload);
        }
        catch (JsonException broken)
        {
            faults.Add($"payload not understood: {broken.Message}");
        }
    }

    private void ReadMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> data = default;
        var reply = new BayeuxReply();
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = payload[start..(int)reader.BytesConsumed];
            }
            else if (reader.ValueTextEquals("id"u8)) id = NextString(ref reader);
            else if (reader.ValueTextEquals("clientId"u8)) reply = reply with { ClientId = NextString(ref reader) };
            else if (reader.ValueTextEquals("error"u8)) reply = reply with { Error = NextString(ref reader) };
            else if (reader.ValueTextEquals("successful"u8))
                reply = reply with { Successful = reader.Read() && reader.GetBoolean() };
            else reader.Skip();
        }
        if (!data.IsEmpty) eventRead(data);
        else if (id is not null && waiting.TryRemove(id, out var answered)) answered.TrySetResult(reply);
    }

    private static string? NextString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private readonly record struct BayeuxReply(bool Successful, string? ClientId, string? Error);
}
