using System.Text.Json.Nodes;

namespace Parley.Client;

/// <summary>
/// A way for Bayeux payloads to the service and back, as good as one connection: when it breaks, another is opened.
/// </summary>
public interface IBayeuxWay : IAsyncDisposable
{
    /// <summary>The connection type.</summary>
    string Name { get; }

    /// <summary>Opens the way; what arrives is read from now on, one payload at a time.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    Task OpenAsync(Action<JsonArray> read, CancellationToken cancel);

    /// <summary>Sends one payload. What is answered is read, now or later.</summary>
    /// <exception cref="IOException">It was not taken, or not answered where each payload is.</exception>
    Task SendAsync(JsonArray payload, CancellationToken cancel);
}

/// <summary>
/// The cookies by which a client shows that it is the browser that shook hands, and a load balancer the node to go to.
/// </summary>
public sealed class BrowserCookies
{
    private readonly Dictionary<string, string> byName = [];

    /// <summary>The header to send; null if there are none.</summary>
    public string? Header
    {
        get
        {
            lock (byName)
                return byName.Count == 0 ? null : string.Join("; ", byName.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        }
    }

    public void Take(IEnumerable<string> given)
    {
        lock (byName)
        {
            foreach (var text in given)
            {
                var (name, value) = text.Split(';')[0].Split('=', 2) is [var before, var after] ? (before, after) : (text, "");
                if (name.StartsWith("BAYEUX_BROWSER", StringComparison.Ordinal) || name == "PARLEY_NODE") byName[name] = value;
            }
        }
    }
}
