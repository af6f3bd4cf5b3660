using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>What a client of an npm package is to be.</summary>
public sealed record ClientSettings
{
    private const string BrowserMark = " in Chromium";
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <summary><c>cometd-9.0.0</c>, <c>faye-1.4.3</c>: the package and its version.</summary>
    public required string Library { get; init; }

    /// <summary>The server.</summary>
    public Uri? Url { get; init; }

    /// <summary>The server its page comes from, if that is another.</summary>
    public Uri? Page { get; init; }

    /// <summary>The only transports it may use, in its own order of preference.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>Extensions of the CometD client, by the names of their classes.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Parameters of the CometD client that differ from its own and the tests' defaults.</summary>
    public IReadOnlyDictionary<string, object> Configuration { get; init; } = new Dictionary<string, object>();

    /// <summary>Whether it runs in a page of a real browser, or under Node.</summary>
    [JsonIgnore]
    public bool InChromium { get; init; }

    /// <summary>Whether it asks for acknowledged messages.</summary>
    [JsonIgnore]
    public bool WantsAck => Extensions.Contains("AckExtension");

    /// <summary>The principal that the tests' server takes it for.</summary>
    public string Principal => !InChromium && Library.StartsWith("faye", StringComparison.Ordinal) ? "faye" : "anonymous";

    /// <summary>The proxy that it uses under Node.</summary>
    public HttpProxy? HttpProxy { get; init; }

    /// <summary>The file of a certificate that it believes under Node, beside those of everybody.</summary>
    [JsonIgnore]
    public string? TrustedCertificate { get; init; }

    /// <summary>The settings of a row of <see cref="ClientMatrix"/>.</summary>
    public static ClientSettings Of(string client, string transport, bool ack = false) => new()
    {
        Library = client.Replace(BrowserMark, "", StringComparison.Ordinal),
        InChromium = client.EndsWith(BrowserMark, StringComparison.Ordinal),
        Transports = [transport],
        Extensions = ack ? ["AckExtension"] : [],
    };

    public override string ToString() => JsonSerializer.Serialize(this, CamelCase);
}

/// <summary>A proxy, and patterns of the <c>host:port</c> it is used for and not used for; null for all and none.</summary>
public sealed record HttpProxy(string Uri, string[]? Includes = null, string[]? Excludes = null);
