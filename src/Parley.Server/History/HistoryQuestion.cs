using System.Text.Json.Serialization;
using Parley.Log.History;

namespace Parley.Server.History;

/// <summary>A question about chats whose answer is told over notifications, by the node where the user listens.</summary>
/// <param name="User">Who asks.</param>
/// <param name="ReferenceId">The number that ties the answer to the request.</param>
internal sealed record HistoryQuestion(AgentId User, int ReferenceId)
{
    /// <summary>Which chats are asked for; null where it is one that is known.</summary>
    public HistoryQuery? Query { get; init; }

    /// <summary>What is asked of each, beside what is always told.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The chat whose content is asked for.</summary>
    public ChatId? Chat { get; init; }
}

/// <summary>Questions as nodes call them out to each other.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(HistoryQuestion))]
internal sealed partial class HistoryQuestionJson : JsonSerializerContext;
