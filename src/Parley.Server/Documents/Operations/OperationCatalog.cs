namespace Parley.Server.Documents;

/// <summary>
/// The operations that <c>operationName</c> can name, one row each: what the OpenAPI document and the coverage document say of
/// them. A test holds the rows against the operations that the server reads.
/// </summary>
internal static partial class OperationCatalog
{
    /// <summary>Operations on one of the caller's chats, in the order of the API reference.</summary>
    public static IReadOnlyList<OperationEntry> OfChats { get; } =
        [.. Offers, .. Talk, .. Conference, .. Ending, .. Data, .. Supervising];

    /// <summary>The row that a value of <c>operationName</c> means; null if there is none.</summary>
    public static OperationEntry? OfChat(string name) => OfChats.FirstOrDefault(o => o.Names.Contains(name));
}
