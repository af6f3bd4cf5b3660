namespace Parley.Server.Documents;

/// <summary>Parameters and refusals that several operations share.</summary>
internal static class Parameters
{
    public static readonly ParameterEntry MessageType = new(
        "messageType", ParameterKind.Text, Need.Optional, "A free label, kept with the message; only together with `text`.");

    public static readonly ParameterEntry TreatAs = new(
        "treatAs", ParameterKind.Text, Need.Optional,
        "`System` marks a text that nobody typed, a greeting for instance; it is delivered alike. Only together with `text`.")
    {
        Values = ["Normal", "System"],
    };

    public static readonly ParameterEntry SaveLar = new(
        "saveLAR", ParameterKind.Switch, Need.Optional,
        "Whether to remember the agent in the customer's profile, for the customer's next chat; false if absent.");

    public static readonly ParameterEntry QueueName = new(
        "queueName", ParameterKind.Text, Need.Optional, "The queue in which the interaction is placed, by name.");

    public static readonly ParameterEntry Data = new(
        "userData", ParameterKind.Data, Need.Required, "The pairs; a value is text, number, true, false or null.");

    public static readonly RefusalEntry Unknown = new(6, "The object that a parameter names is not there.");

    public static readonly RefusalEntry NoText = new(1, "`messageType` or `treatAs` comes without `text`.");

    /// <summary>A text for everyone in the session before the caller goes.</summary>
    public static IEnumerable<ParameterEntry> Farewell =>
    [
        new("text", ParameterKind.Text, Need.Optional,
            "Said on the caller's behalf before anything else happens; ignored once the session is over."),
        MessageType, TreatAs,
    ];

    /// <summary>Something to say.</summary>
    public static IEnumerable<ParameterEntry> Message =>
        [new("text", ParameterKind.Text, Need.Required, "What to say; not empty."), MessageType, TreatAs];

    /// <summary>An agent, or what else an operation can be aimed at; hosts in addresses do not count.</summary>
    public static IEnumerable<ParameterEntry> Target(string what) =>
    [
        new("targetUri", ParameterKind.Text, Need.OneOfThese, $"The address of {what}, absolute or relative."),
        new("targetPath", ParameterKind.Text, Need.OneOfThese, $"The `path` of {what}: the address without host and version."),
        new("userUri", ParameterKind.Text, Need.OneOfThese, "The older name of `targetUri`."),
    ];

    public static RefusalEntry NotIn(string states) => new(2, $"The chat is not {states} for the caller.");
}
