namespace Parley.Server.Documents;

/// <summary>One operation of the API as its page describes it: a row of <see cref="OperationCatalog"/>.</summary>
/// <param name="Name">The value of <c>operationName</c>.</param>
/// <param name="Source">The published page.</param>
/// <param name="Summary">What it does, for whoever calls it.</param>
internal sealed record OperationEntry(string Name, string Source, string Summary)
{
    /// <summary>Other values of <c>operationName</c> that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<ParameterEntry> Parameters { get; init; } = [];

    /// <summary>Why it is refused, beyond what holds for all operations.</summary>
    public IReadOnlyList<RefusalEntry> Refusals { get; init; } = [];

    /// <summary>Members of a successful answer beside <c>statusCode</c>.</summary>
    public IReadOnlyList<string> AnswersAlso { get; init; } = [];

    /// <summary>Whether agents choose it from a list, as they do with most states of a channel.</summary>
    public bool IsShown { get; init; }

    /// <summary>A request as it may be sent.</summary>
    public string Sample { get; init; } = "";

    /// <summary>Every value of <c>operationName</c> that means this operation.</summary>
    public IEnumerable<string> Names => [Name, .. Aliases];
}

/// <summary>One parameter of an operation.</summary>
internal sealed record ParameterEntry(string Name, ParameterKind Kind, Need Need, string Meaning)
{
    /// <summary>The values there are; empty if any will do.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>One reason to refuse an operation.</summary>
internal sealed record RefusalEntry(int StatusCode, string When);

/// <summary>What a parameter is in JSON.</summary>
internal enum ParameterKind
{
    Text,

    /// <summary>A whole number, or its digits as a text.</summary>
    Number,

    /// <summary>True, false, or one of the two as a text.</summary>
    Switch,

    Texts,

    /// <summary>An object of texts, numbers, truth values and nulls.</summary>
    Data,
}

/// <summary>Whether a parameter has to be there.</summary>
internal enum Need
{
    Required,
    Optional,

    /// <summary>One of the parameters with this need has to be there; the first of them counts.</summary>
    OneOfThese,
}
