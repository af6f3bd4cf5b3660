using Parley.Chats;
using Parley.Privacy;

namespace Parley.Server.Provisioning;

/// <summary>What customers ask for by name: the queue they wait in, and how the chat is conducted.</summary>
internal sealed record ChatService(string Name, Queue Queue)
{
    /// <summary>Whether a customer may name another queue than this one.</summary>
    public bool AllowsEndpoint { get; init; }

    /// <summary>Refuses customers without a name; otherwise they are called Anonymous.</summary>
    public bool RequiresNames { get; init; }

    /// <summary>Refuses customers without a first name, whatever they want to be called.</summary>
    public bool RequiresFirstName { get; init; }

    /// <summary>The same of the last name.</summary>
    public bool RequiresLastName { get; init; }

    /// <summary>Whether agents see what customers type before it is sent.</summary>
    public bool ShowsTypingPreview { get; init; }

    /// <summary>Whether a customer may come and go for hours or days.</summary>
    public bool AllowsAsynchronous { get; init; }

    /// <summary>The keys of which a request has to bring one; none are demanded if there are none.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>What the server says first; nothing if it is empty.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>Whether customers who wait are told their place in the queue.</summary>
    public bool AnnouncesPosition { get; init; }

    /// <summary>What in the texts of its chats nobody is to see or keep.</summary>
    public Masking Masking { get; init; } = Masking.None;

    /// <summary>What they are told; <c>{position}</c> stands for the place.</summary>
    public string PositionText { get; init; } = "";

    /// <summary>The same where a wait can be estimated; <c>{wait}</c> stands for its minutes, <c>2-5</c> or <c>3</c>.</summary>
    public string PositionAndWaitText { get; init; } = "";

    public IdleRules Idle { get; init; } = new();
    public FileRules Files { get; init; } = new();
    public OpeningHours Hours { get; init; } = OpeningHours.Always;

    /// <summary>Whether customers are recognised.</summary>
    public ContactPolicy Contacts { get; init; }

    /// <summary>For how long after it was noted the contact's last agent is asked first; zero for never.</summary>
    public TimeSpan LastAgentWindow { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>What is done to find out whom a customer is known to be.</summary>
/// <remarks>Source: "ChatMatch" (<c>IdentifyCreateContact</c>).</remarks>
internal enum ContactPolicy
{
    /// <summary>Customers are recognised, and those who are not become contacts.</summary>
    Create,

    /// <summary>Customers are recognised, strangers stay strangers.</summary>
    Identify,

    /// <summary>Nobody is recognised.</summary>
    None,
}

/// <summary>What is done about a chat in which nobody says anything.</summary>
/// <remarks>An empty text is none; the step is taken all the same. Source: "ChatInactivity", "ChatWorkflow".</remarks>
internal sealed record IdleRules
{
    public IdleTimes Live { get; init; } = new(TimeSpan.FromSeconds(255), TimeSpan.Zero, TimeSpan.FromSeconds(45));

    /// <summary>The same for chats whose customers come and go.</summary>
    public IdleTimes Asynchronous { get; init; } =
        new(TimeSpan.FromDays(1), TimeSpan.Zero, TimeSpan.FromHours(1), IdleNotices.Major);

    public string AlertText { get; init; } = "Are you still there?";
    public string SecondAlertText { get; init; } = "Are you still there?";
    public string CloseText { get; init; } = "The chat was closed because nothing was said.";

    public IdleTimes TimesOf(Attendance attendance) => attendance == Attendance.Asynchronous ? Asynchronous : Live;
}

/// <summary>Whether files may be sent, and how many.</summary>
/// <remarks>Source: "FileTransfer".</remarks>
internal sealed record FileRules
{
    public bool Enabled { get; init; }
    public int MaxFiles { get; init; } = 3;
    public long MaxFileBytes { get; init; } = 2_097_152;
    public long MaxTotalBytes { get; init; } = 5_242_880;

    /// <summary>Extensions of the types that may be sent.</summary>
    public IReadOnlyList<string> Types { get; init; } = ["gif", "jpeg", "jpg", "pdf", "png", "txt"];

    /// <summary>Whether files may be sent only while an agent is there.</summary>
    public bool NeedsAgent { get; init; }

    /// <summary>How often the customer may fetch files in one chat.</summary>
    public int MaxDownloads { get; init; } = 10;
}
