using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>The replies to one payload, as JSON objects separated by commas. Texts put in are legal JSON as they are.</summary>
internal sealed class ReplyBuffer(BayeuxServer server) : PooledBuffer
{
    private readonly List<KeyValuePair<string, string>> ext = [];
    private string? timestamp;
    private string channel = "";
    private bool isSuccessful;

    /// <summary>Starts a reply: <c>{"channel":…,"id":"…","successful":true</c>; to be ended by <see cref="End"/>.</summary>
    public void Begin(BayeuxMessage message)
    {
        Separate();
        (channel, isSuccessful) = (message.Channel ?? "", true);
        Write("{"u8);
        if (message.ChannelJson.Length > 0)
        {
            Write("\"channel\":"u8);
            Write(message.ChannelJson.Span);
            Write(","u8);
        }
        WriteId(message.Id);
        Write("\"successful\":true"u8);
    }

    /// <summary>Starts a reply that failed.</summary>
    public void BeginRefusal(BayeuxMessage message, string error)
    {
        Begin(message);
        BecomeRefusal(error);
    }

    /// <summary>Starts the reply to a connect, whose request may be long gone.</summary>
    public void BeginConnect(HeldConnect connect)
    {
        Separate();
        (channel, isSuccessful) = (BayeuxMessage.Connect, true);
        Write("{\"channel\":\"/meta/connect\","u8);
        WriteId(connect.Terms.MessageId);
        Write("\"successful\":true"u8);
    }

    /// <summary>Turns the reply begun into one that failed.</summary>
    public void BecomeRefusal(string error)
    {
        isSuccessful = false;
        Advance(-"true"u8.Length);
        Write("false,\"error\":\""u8);
        WriteAscii(error);
        Write("\""u8);
    }

    /// <summary>Adds <c>"name":</c> and the raw JSON.</summary>
    public void Member(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        Write(",\""u8);
        Write(name);
        Write("\":"u8);
        Write(json);
    }

    public void Member(ReadOnlySpan<byte> name, JsonObject? json)
    {
        if (json is not null) Member(name, Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    /// <summary>Adds a member to the <c>ext</c> of the reply, or gives it another value.</summary>
    public void Ext(string name, string json)
    {
        var at = ext.FindIndex(member => member.Key == name);
        if (at < 0) ext.Add(new(name, json));
        else ext[at] = new(name, json);
    }

    public void Ext(JsonObject? members)
    {
        foreach (var (name, value) in members ?? []) Ext(name, value?.ToJsonString() ?? "null");
    }

    public void Timestamp(string text) => timestamp = text;

    /// <summary>
    /// Ends the reply after the extensions have seen it: those of the session first, then the server's, last added first.
    /// </summary>
    public void End(BayeuxSession? session = null, MessageNotes? notes = null)
    {
        var (own, common) = (session?.Extensions ?? [], server.Extensions);
        if (own.Length + common.Length > 0) Show(new BayeuxReply(this, channel, isSuccessful, session, notes), own, common);
        if (timestamp is not null) Member("timestamp"u8, Encoding.UTF8.GetBytes(JsonValue.Create(timestamp).ToJsonString()));
        if (ext.Count > 0) WriteExt();
        Write("}"u8);
        timestamp = null;
        ext.Clear();
    }

    public void Refuse(BayeuxMessage message, string error)
    {
        BeginRefusal(message, error);
        if (message.Channel is BayeuxMessage.Handshake) StopAdvice(); // clients would try again for ever
        End(message.Session, message.Notes);
    }

    /// <summary>Adds events behind the replies, as only the answer to a handshake may.</summary>
    public void Append(TakenEvents events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            Separate();
            Write(events[i].Json.Span);
        }
    }

    /// <summary>The disconnect nobody asked for.</summary>
    public void Farewell()
    {
        Separate();
        Write("{\"channel\":\"/meta/disconnect\",\"successful\":true}"u8);
    }

    /// <summary>Adds other replies behind these.</summary>
    public void Append(ReplyBuffer others)
    {
        Separate();
        Write(others.Written.Span);
    }

    /// <summary>Advice for a live session: replaces all the client knew, so it is complete.</summary>
    public void FullAdvice(AdvisedTimes times)
    {
        Write(",\"advice\":{\"reconnect\":\"retry\""u8);
        Times(times);
    }

    /// <summary>Advice for one of too many tabs.</summary>
    public void MultipleClientsAdvice(AdvisedTimes times)
    {
        Write(",\"advice\":{\"multiple-clients\":true,\"reconnect\":\"retry\""u8);
        Times(times with { Interval = server.Options.MultiSessionInterval });
    }

    public void HandshakeAdvice() => Member("advice"u8, "{\"reconnect\":\"handshake\",\"interval\":0}"u8);

    public void StopAdvice() => Member("advice"u8, "{\"reconnect\":\"none\"}"u8);

    private void Times(AdvisedTimes times)
    {
        Write(",\"interval\":"u8);
        WriteNumber((long)times.Interval.TotalMilliseconds);
        Write(",\"timeout\":"u8);
        WriteNumber((long)times.Timeout.TotalMilliseconds);
        if (server.Options.HandshakeReconnect)
        {
            Write(",\"maxInterval\":"u8);
            WriteNumber((long)times.MaxInterval.TotalMilliseconds);
        }
        Write("}"u8);
    }

    private static void Show(BayeuxReply reply, BayeuxExtension[] own, BayeuxExtension[] common)
    {
        try
        {
            for (var i = own.Length - 1; i >= 0; i--) own[i].OutgoingReply(reply);
            for (var i = common.Length - 1; i >= 0; i--) common[i].OutgoingReply(reply);
        }
        finally
        {
            reply.Close();
        }
    }

    private void WriteExt()
    {
        Write(",\"ext\":"u8);
        for (var i = 0; i < ext.Count; i++)
        {
            Write(i == 0 ? "{"u8 : ","u8);
            Write(Encoding.UTF8.GetBytes(JsonValue.Create(ext[i].Key).ToJsonString()));
            Write(":"u8);
            Write(Encoding.UTF8.GetBytes(ext[i].Value));
        }
        Write("}"u8);
    }

    private void Separate()
    {
        if (Length > 0) Write(","u8);
    }

    // Always a text, whatever it was: the JavaScript client looks its request up by comparing texts.
    private void WriteId(string? id)
    {
        if (id is null) return;
        Write("\"id\":\""u8);
        WriteAscii(id);
        Write("\","u8);
    }
}

/// <summary>The times advice tells a client of a live session.</summary>
internal readonly record struct AdvisedTimes(TimeSpan Timeout, TimeSpan Interval, TimeSpan MaxInterval);
