using System.ComponentModel.DataAnnotations;
using Parley.Chats;

namespace Parley.Server.Customers;

/// <summary>Section <c>Parley:Customers</c>: the doors through which customers come. Times in milliseconds.</summary>
internal sealed class CustomersOptions : IValidatableObject
{
    /// <summary>First segments of the paths of GMS Chat, all served alike; clients are configured with theirs.</summary>
    public string[] Prefixes { get; set; } = ["genesys"];

    /// <summary>The service of customers who come through GWS Customer Chat, whose requests name none.</summary>
    [Required]
    public string GwsService { get; set; } = "customer-support";

    /// <summary>
    /// Origins whose pages may open chats, <c>*</c> inside the host as a wildcard; a single <c>*</c> for all, without cookies.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>A customer who makes no request for so long has left: 1 s to 20 days.</summary>
    [Range(1_000, 1_728_000_000)]
    public int SilenceTimeoutMs { get; set; } = 150_000;

    /// <summary>
    /// How often a customer who waits may be told its place in the queue, where the service does so: 1 s to 1 h.
    /// </summary>
    [Range(1_000, 3_600_000)]
    public int PositionIntervalMs { get; set; } = 60_000;

    /// <summary>
    /// Whether GMS Chat answers what is asked of a chat that is over, or never was, with HTTP 400; otherwise with 200.
    /// </summary>
    public bool BadRequestWhenEnded { get; set; }

    /// <summary>The same in an asynchronous chat, which its customer may leave alone for days: 1 min to 20 days.</summary>
    [Range(60_000, 1_728_000_000)]
    public int AsynchronousSilenceTimeoutMs { get; set; } = 604_800_000;

    /// <summary>
    /// How long a chat that was to be warned or closed while the server was down has left after its start: up to 1 h.
    /// </summary>
    [Range(0, 3_600_000)]
    public int IdleGraceMs { get; set; } = 45_000;

    /// <summary>Chats that are not finished; beyond that nobody can begin another, until 80 % of them are left.</summary>
    [Range(1, 10_000_000)]
    public int MaxOpenChats { get; set; } = 100_000;

    /// <summary>How long a customer can still read a chat that has ended: up to 1 day.</summary>
    [Range(0, 86_400_000)]
    public int EndedChatReadableMs { get; set; } = 600_000;

    /// <summary>Refuses customers without a name; otherwise they are called Anonymous.</summary>
    public bool RequireNames { get; set; }

    [Range(1, 14_000)]
    public int MaxMessageLength { get; set; } = 4_096;

    /// <summary>The longest link that a customer may send.</summary>
    [Range(16, 32_768)]
    public int MaxUrlLength { get; set; } = 2_048;

    /// <summary>The longest structured content beside a message.</summary>
    [Range(2, 32_768)]
    public int MaxAttributesLength { get; set; } = 8_192;

    /// <summary>
    /// The longest nickname, first name and last name; a name composed of the latter two may be as long as both.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxNameLength { get; set; } = 64;

    [Range(1, 10_000)]
    public int MaxSubjectLength { get; set; } = 256;

    [Range(1, UserDataRules.MaxPairs - 4 - Recognition.MostPairs)]
    public int MaxUserDataPairs { get; set; } = 64;

    [Range(1, 1_000)]
    public int MaxUserDataKeyLength { get; set; } = 64;

    [Range(1, UserDataRules.MaxLength / 2)]
    public int MaxUserDataValueLength { get; set; } = 2_048;

    [Range(1, UserDataRules.MaxLength / 2)]
    public int MaxUserDataLength { get; set; } = 16_384;

    /// <summary>Keys beginning with <c>GCTI_</c>, and keys that routing writes, that customers may set all the same.</summary>
    public string[] AllowedReservedKeys { get; set; } = [];

    [Range(1_024, 16_777_216)]
    public int MaxBodyBytes { get; set; } = 262_144;

    /// <summary>How much is read of what is longer, so that its sender reads why; then the connection is closed.</summary>
    [Range(0, 1 << 30)]
    public int MaxDiscardedBytes { get; set; } = 4_194_304;

    /// <summary>The most events in one answer; the next request gets the rest.</summary>
    [Range(1, 10_000)]
    public int MaxEventsPerAnswer { get; set; } = 500;

    /// <summary>About the largest answer, counted in characters of text.</summary>
    [Range(1_024, 16_777_216)]
    public int MaxAnswerLength { get; set; } = 1_048_576;

    /// <summary>Chats that one address may begin in a minute; 0 for any number.</summary>
    [Range(0, 1_000_000)]
    public int CreatesPerMinute { get; set; } = 20;

    /// <summary>
    /// Requests in one chat in a minute, and questions of one address whether services are available; 0 for any number.
    /// </summary>
    [Range(0, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 300;

    /// <summary>Wrong keys that one address may try in a minute; 0 for any number.</summary>
    [Range(0, 1_000_000)]
    public int WrongKeysPerMinute { get; set; } = 60;

    /// <summary>
    /// Files that one address may send in a minute ahead of the keys to their chats, which are taken in before it is known
    /// whose they are; 0 for any number.
    /// </summary>
    [Range(0, 1_000_000)]
    public int FilesAheadOfKeyPerMinute { get; set; } = 60;

    private static bool IsPrefix(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && !text.Equals("api", StringComparison.OrdinalIgnoreCase);

    internal TimeSpan SilenceTimeout => TimeSpan.FromMilliseconds(SilenceTimeoutMs);
    internal TimeSpan AsynchronousSilenceTimeout => TimeSpan.FromMilliseconds(AsynchronousSilenceTimeoutMs);
    internal TimeSpan IdleGrace => TimeSpan.FromMilliseconds(IdleGraceMs);
    internal TimeSpan PositionInterval => TimeSpan.FromMilliseconds(PositionIntervalMs);
    internal TimeSpan EndedChatReadable => TimeSpan.FromMilliseconds(EndedChatReadableMs);

    /// <summary>The HTTP status of an answer about a chat that is over, or never was.</summary>
    internal int WhenGone => BadRequestWhenEnded ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CustomerOrigins.Error(this) is { } wrong) yield return new ValidationResult(wrong, [nameof(AllowedOrigins)]);
        if (Prefixes is not { Length: > 0 and <= 16 } || !Prefixes.All(IsPrefix)
            || Prefixes.Distinct(StringComparer.OrdinalIgnoreCase).Count() < Prefixes.Length)
        {
            yield return new ValidationResult(
                "must be 1 to 16 different names of letters, digits, '-' and '_', each of at most 64, and not 'api'.",
                [nameof(Prefixes)]);
        }
    }
}
