using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Replays;

/// <summary>
/// Customers' software as it was published: its requests in its order and spelling, what it demands of answers, and what a person
/// sees on its screen.
/// </summary>
internal abstract class PublishedClient(HttpClient http) : IDisposable
{
    /// <summary>What the person sees, line by line: who said what, who came and went.</summary>
    public List<string> Screen { get; } = [];

    /// <summary>The chat is over as far as the software knows.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>The chat's id as agents know it.</summary>
    public abstract string AgentsChatId { get; }

    protected HttpClient Http => http;

    /// <summary>Asks for a chat as Ada.</summary>
    public abstract Task Begin();

    /// <summary>Begins to type, and stops.</summary>
    public abstract Task Type(string text);

    public abstract Task Say(string text);

    /// <summary>Reads what is new, as its timer would.</summary>
    public abstract Task Poll();

    /// <summary>The page is loaded again, or the app started again: nothing is left but the keys.</summary>
    public abstract Task Restore();

    /// <summary>The person ends the chat.</summary>
    public abstract Task Leave();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) http.Dispose();
    }

    /// <summary>What a screen shows of a transcript as agents read it, without what is only for agents.</summary>
    public static IEnumerable<string> ScreenOf(JsonArray messages) => messages
        .Where(m => m!["visibility"] is null || $"{m["visibility"]}" == "All")
        .Where(m => m!["index"]!.GetValue<int>() > 0)
        .Select(m => Line($"{m!["type"]}", $"{m["from"]!["nickname"]}", $"{m["text"] ?? m["url"]}"))
        .OfType<string>();

    /// <summary>A line on the screen; null for what leaves none.</summary>
    protected static string? Line(string type, string nickname, string text) => type switch
    {
        "Text" or "Message" or "PushUrl" => $"{nickname}: {text}",
        "ParticipantJoined" or "ParticipantRejoined" => $"{nickname} came",
        "ParticipantLeft" => $"{nickname} went",
        _ => null,
    };
}
