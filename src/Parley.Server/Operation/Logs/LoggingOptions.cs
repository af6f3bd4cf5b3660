namespace Parley.Server.Operation.Logs;

/// <summary>Section <c>Parley:Logging</c>: how the server's own log is written.</summary>
internal sealed class LoggingOptions
{
    /// <summary>One line of text for each entry, or one JSON object.</summary>
    public LogFormat Format { get; set; }
}

/// <summary>How an entry of the server's own log is written.</summary>
internal enum LogFormat
{
    /// <summary>For people: one line of text.</summary>
    Text,

    /// <summary>For programs: one JSON object on one line, with every value of the entry under its name.</summary>
    Json,
}
