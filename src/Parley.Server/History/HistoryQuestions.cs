using System.Text;
using System.Text.Json;
using Parley.Bayeux;
using Parley.Log;
using Parley.Server.Notifications;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.History;

/// <summary>
/// Questions about chats that are answered over notifications. They are called out to all nodes: where the user listens, the
/// answer is found and told.
/// </summary>
internal sealed partial class HistoryQuestions(
    INodeBoard board, PastChats chats, BayeuxServer server, ContactCenter center, WireStyle style, HistoryOptions options,
    ILogger<HistoryQuestions> logger) : IHostedService
{
    private const string Call = "history ";

    private static readonly Rejection TooMany =
        new(Reason.Unavailable, "Too many questions about the history are under way; try again.");

    private int underWay;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        board.Called += Hear;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        board.Called -= Hear;
        return Task.CompletedTask;
    }

    /// <summary>Asks; what comes of it is told to every notification session of the user that listens to the topic.</summary>
    /// <exception cref="LogUnavailableException">The other nodes cannot be reached.</exception>
    public async Task<Rejection?> Ask(HistoryQuestion question)
    {
        if (Volatile.Read(ref underWay) >= options.MaxQuestionsUnderWay) return TooMany;
        var words = Call + JsonSerializer.Serialize(question, HistoryQuestionJson.Default.HistoryQuestion);
        if (Encoding.UTF8.GetByteCount(words) > INodeBoard.MaxCallBytes)
            return new Rejection(Reason.OutOfRange, "The question is too long; ask for less, or with \"async\": false.");
        await board.CallAsync(words);
        return null;
    }

    private void Hear(string words)
    {
        if (!words.StartsWith(Call, StringComparison.Ordinal)) return;
        if (JsonSerializer.Deserialize(words[Call.Length..], HistoryQuestionJson.Default.HistoryQuestion) is { } question
            && server.SessionsOf(question.User.Value).Count > 0)
            _ = Answer(question);
    }

    private async Task Answer(HistoryQuestion question)
    {
        var isOneTooMany = Interlocked.Increment(ref underWay) > options.MaxQuestionsUnderWay;
        try
        {
            var answer = isOneTooMany ? HistoryAnswer.Failed(question, TooMany) : await AnswerTo(question);
            foreach (var group in server.SessionsOf(question.User.Value).GroupBy(s => ((Listener)s.State!).Links))
                server.PublishTo(group, BayeuxEvent.Create(Topics.PastInteractions, answer.Write(group.Key).Span));
        }
#pragma warning disable CA1031 // nobody waits for this task
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(e);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private async Task<HistoryAnswer> AnswerTo(HistoryQuestion question)
    {
        if (center.Users.ById(question.User) is not { } user)
            return HistoryAnswer.Failed(question, new Rejection(Reason.NotFound, "The user is not there any more."));
        if (question.Query is { } query)
        {
            var (found, refused) = await chats.Find(query);
            return found is null
                ? HistoryAnswer.Failed(question, refused!)
                : new HistoryAnswer(links => NoticeJson.Bytes(
                    GetInteractionsHistoryMessage.Of(question, found, center, links),
                    ChatJson.Default.GetInteractionsHistoryMessage));
        }
        try
        {
            var past = await chats.Read(question.Chat!.Value);
            return past is null || !HistoryAccess.IsTo(past, user)
                ? HistoryAnswer.Failed(question, new Rejection(Reason.NotFound, $"Interaction {question.Chat} was not found."))
                : new HistoryAnswer(links => NoticeJson.Bytes(
                    GetInteractionContentMessage.Of(question, past, user, center, links, style),
                    ChatJson.Default.GetInteractionContentMessage));
        }
        catch (LogUnavailableException)
        {
            return HistoryAnswer.Failed(question, new Rejection(Reason.Unavailable, "The chat cannot be read at present."));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A question about the history could not be answered")]
    private partial void Failed(Exception e);
}

/// <summary>An answer, as it is written for who knows the server under an address.</summary>
internal sealed record HistoryAnswer(Func<Links, ReadOnlyMemory<byte>> Write)
{
    /// <summary>Why there is none.</summary>
    public static HistoryAnswer Failed(HistoryQuestion question, Rejection why) => new(_ => question.Query is not null
        ? NoticeJson.Bytes(
            new GetInteractionsHistoryMessage(question.ReferenceId) { ErrorMessage = why.Message },
            ChatJson.Default.GetInteractionsHistoryMessage)
        : NoticeJson.Bytes(
            new GetInteractionContentMessage(question.ReferenceId) { ErrorMessage = why.Message },
            ChatJson.Default.GetInteractionContentMessage));
}
