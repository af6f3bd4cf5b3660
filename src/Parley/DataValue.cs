namespace Parley;

/// <summary>A value of user data: text, number, truth value or null, kept exactly as it was sent.</summary>
public readonly record struct DataValue
{
    private DataValue(DataKind kind, string written) => (Kind, Written) = (kind, written);

    /// <summary>What was sent.</summary>
    public DataKind Kind { get; }

    /// <summary>The text itself, or the number or truth value in its JSON spelling.</summary>
    public string Written { get; }

    public static DataValue Null { get; } = new(DataKind.Null, "");

    public static DataValue Of(string text) => new(DataKind.Text, text);

    public static DataValue Of(bool truth) => new(DataKind.Truth, truth ? "true" : "false");

    /// <summary>A number in its JSON spelling, so that <c>1.10</c> stays <c>1.10</c>.</summary>
    public static DataValue Number(string json) => new(DataKind.Number, json);

    public override string ToString() => Kind == DataKind.Null ? "null" : Written;
}

/// <summary>The kinds of value that user data holds.</summary>
public enum DataKind
{
    Null,
    Text,
    Number,
    Truth,
}
