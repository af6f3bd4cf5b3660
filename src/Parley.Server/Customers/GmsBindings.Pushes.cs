using System.Collections.Immutable;
using System.Diagnostics;
using Parley.Chats;
using Parley.Server.Operation.Tracing;

namespace Parley.Server.Customers;

/// <content>Pushes: shortly after something has happened, together with what else has.</content>
internal sealed partial class GmsBindings
{
    private const int MostTraces = 16;

    private void Later(ChatId chat)
    {
        var trace = Traces.Context;
        if (options.Batch == TimeSpan.Zero) PushAll(chat, trace);
        else if (IsNewlyDue(chat, trace) && Interlocked.Exchange(ref isArmed, 1) == 0)
            timer.Change(options.Batch, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes that there is something to push, and the trace it belongs to; a few traces may share a push.</summary>
    private bool IsNewlyDue(ChatId chat, ImmutableArray<ActivityContext> trace)
    {
        if (trace.IsEmpty) return due.TryAdd(chat, trace);
        due.AddOrUpdate(chat, trace, (_, others) => others.Length < MostTraces ? others.AddRange(trace) : others);
        return true;
    }

    private void PushDue()
    {
        Volatile.Write(ref isArmed, 0);
        foreach (var (chat, _) in due)
        {
            if (!due.TryRemove(chat, out var traces)) continue;
            try
            {
                PushAll(chat, traces);
            }
#pragma warning disable CA1031 // a bug in one push must not take the others, or the process, with it
            catch (Exception e)
#pragma warning restore CA1031
            {
                PushFailed(chat, e);
            }
        }
    }

    private void PushAll(ChatId chat, ImmutableArray<ActivityContext> traces)
    {
        if (!byChat.TryGetValue(chat, out var audience)) return;
        using var spans = Traces.Push(traces, audience.Bindings.Count);
        foreach (var binding in audience.Bindings) PushNews(binding);
    }

    private void PushNews(GmsBinding binding)
    {
        lock (binding.Gate)
        {
            if (chats.TryPeek(binding.Chat.Value, out var chat) && binding.NewsOf(chat, customers) is { IsEmpty: false } news)
                Push(binding, chat, news);
        }
    }

    private void Push(GmsBinding binding, Chat chat, GmsTranscript news)
    {
        binding.Push(chat, news, idle.SecondsLeft(chat));
        if (news.IsCut) Later(chat.Id);
        if (!chat.CustomerPresent && binding.BeginsToLinger())
            deadlines.At(time.GetUtcNow() + options.Linger, () => Release(binding));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What happened in chat {Chat} could not be pushed")]
    private partial void PushFailed(ChatId chat, Exception e);
}
