using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>
/// How far each customer of door A has read, for polls that name no index. A restart begins anew: nothing is missed.
/// </summary>
internal sealed class GwsCursors(Deadlines deadlines, CustomersOptions options) : IHearsCommits
{
    private readonly ConcurrentDictionary<ChatId, int> cursors = new();

    /// <summary>The last index that was read.</summary>
    public int Of(ChatId chat) => cursors.GetValueOrDefault(chat) is var last && last == int.MaxValue ? int.MaxValue - 1 : last;

    /// <summary>The entries are being read; the end of a chat is read once.</summary>
    public Reading Advance(Chat chat, IReadOnlyList<Entry> read)
    {
        var wasFinished = cursors.GetValueOrDefault(chat.Id) == int.MaxValue;
        if (!chat.CustomerPresent) cursors[chat.Id] = int.MaxValue;
        else if (read.Count > 0) cursors[chat.Id] = read[^1].Index;
        return !chat.CustomerPresent && !wasFinished ? Reading.Finished : Reading.GoesOn;
    }

    public void Hear(ChatCommit commit)
    {
        if (commit.Before.CustomerPresent && !commit.After.CustomerPresent)
            deadlines.At(
                commit.Stamp.At + options.EndedChatReadable + options.EndedChatReadable,
                () => cursors.TryRemove(commit.After.Id, out _));
    }
}

/// <summary>Whether a customer has come to the end of its chat.</summary>
internal enum Reading
{
    GoesOn,
    Finished,
}
