using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Tests.Operation;

/// <summary>Everything that a server logs at any level, with all values, scopes and exceptions, as text.</summary>
internal sealed class LoggedEverything : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text)> all = new();

    public IReadOnlyCollection<(string Category, string Text)> All => all;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private static string Written(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? string.Join(' ', values.Select(v => $"{v.Key}={v.Value}"))
        : $"{state}";

    private sealed class Logger(LoggedEverything home, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            home.all.Enqueue((category, Written(state)));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            home.all.Enqueue((category, $"{formatter(state, exception)} {Written(state)} {exception}"));
    }
}
