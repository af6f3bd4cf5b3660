namespace Parley.Bayeux;

/// <summary>The replies to one payload, as JSON objects separated by commas. Texts put in are legal JSON as they are.</summary>
internal sealed class ReplyBuffer : PooledBuffer
{
    /// <summary>Starts a reply: <c>{"channel":…,"id":"…","successful":true</c>; to be ended by <see cref="End"/>.</summary>
    public void Begin(BayeuxMessage message)
    {
        Separate();
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
        Write("{\"channel\":\"/meta/connect\","u8);
        WriteId(connect.Terms.MessageId);
        Write("\"successful\":true"u8);
    }

    /// <summary>Turns the reply begun into one that failed.</summary>
    public void BecomeRefusal(string error)
    {
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

    public void End() => Write("}"u8);

    public void Refuse(BayeuxMessage message, string error)
    {
        BeginRefusal(message, error);
        End();
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
    public void FullAdvice(BayeuxOptions options, long interval)
    {
        Write(",\"advice\":{\"reconnect\":\"retry\""u8);
        AdviceTimes(options, interval);
    }

    /// <summary>Advice for one of too many tabs.</summary>
    public void MultipleClientsAdvice(BayeuxOptions options)
    {
        Write(",\"advice\":{\"multiple-clients\":true,\"reconnect\":\"retry\""u8);
        AdviceTimes(options, (long)options.MultiSessionInterval.TotalMilliseconds);
    }

    public void HandshakeAdvice() => Member("advice"u8, "{\"reconnect\":\"handshake\",\"interval\":0}"u8);

    public void StopAdvice() => Member("advice"u8, "{\"reconnect\":\"none\"}"u8);

    private void AdviceTimes(BayeuxOptions options, long interval)
    {
        Write(",\"interval\":"u8);
        WriteNumber(interval);
        Write(",\"timeout\":"u8);
        WriteNumber((long)options.Timeout.TotalMilliseconds);
        if (options.HandshakeReconnect)
        {
            Write(",\"maxInterval\":"u8);
            WriteNumber((long)options.MaxInterval.TotalMilliseconds);
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
