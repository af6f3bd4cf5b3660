namespace Parley.Log;

/// <summary>What an append must look like before any engine takes it. Breaking these rules is a bug of the caller.</summary>
public static class AppendRules
{
    /// <summary>The bytes of all events of the append, checked against every rule and limit.</summary>
    /// <exception cref="ArgumentException">A rule or limit is broken; the message says which.</exception>
    public static int CheckedBytes(Append append, EventLogOptions limits)
    {
        ArgumentNullException.ThrowIfNull(append);
        CheckName("command id", append.CommandId, limits);
        if (append.Streams.Count == 0) throw Broken("An append touches at least one stream.");
        if (append.Streams.Count > limits.AppendStreams)
            throw Broken($"An append touches at most {limits.AppendStreams} streams.");

        long bytes = 0;
        var events = 0;
        for (var i = 0; i < append.Streams.Count; i++)
        {
            var part = append.Streams[i];
            CheckName("stream", part.Stream, limits);
            for (var j = 0; j < i; j++)
                if (append.Streams[j].Stream == part.Stream) throw Broken("An append touches a stream once.");
            if (part.ExpectedVersion < 0) throw Broken("The expected version of a stream is 0 or more.");
            if (part.Events.Count == 0) throw Broken("An append has at least one event for each of its streams.");

            events += part.Events.Count;
            foreach (var one in part.Events)
            {
                CheckName("event type", one.Type, limits);
                bytes += one.Data.Length;
            }
        }
        if (events > limits.AppendEvents) throw Broken($"An append stores at most {limits.AppendEvents} events.");
        if (bytes > limits.AppendBytes) throw Broken($"An append stores at most {limits.AppendBytes} bytes.");
        return (int)bytes;
    }

    /// <summary>Text that every database keeps as it is: not empty, no control characters, no half of a surrogate pair.</summary>
    private static void CheckName(string what, string name, EventLogOptions limits)
    {
        if (string.IsNullOrEmpty(name)) throw Broken($"A {what} is not empty.");
        if (name.Length > limits.NameLength) throw Broken($"A {what} has at most {limits.NameLength} characters.");
        for (var i = 0; i < name.Length; i++)
        {
            var pair = char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]);
            if (!pair && (char.IsSurrogate(name[i]) || char.IsControl(name[i]))) throw Broken($"A {what} is plain text.");
            if (pair) i++;
        }
    }

    private static ArgumentException Broken(string rule) => new(rule);
}
