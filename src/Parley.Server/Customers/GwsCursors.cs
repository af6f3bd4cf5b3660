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

    /// <summary>
    /// The entries are being read; the end of a chat is read once. Of several polls at once the furthest counts.
    /// </summary>
    public Reading Advance(Chat chat, IReadOnlyList<Entry> read)
    {
        var reached = !chat.CustomerPresent ? int.MaxValue : read.Count > 0 ? read[^1].Index : 0;
        var before = 0;
        cursors.AddOrUpdate(
            chat.Id,
            _ =>
            {
                before = 0;
                return reached;
            },
            (_, last) =>
            {
                before = last;
                return Math.Max(last, reached);
            });
        if (chat.CustomerPresent || before == int.MaxValue) return Reading.GoesOn;
        // of an end before a restart nobody is told
        if (chat.CustomerLeftAt is { } left) ForgetAfter(chat.Id, left);
        return Reading.Finished;
    }

    public void Hear(ChatCommit commit)
    {
        if (commit.Before.CustomerPresent && !commit.After.CustomerPresent) ForgetAfter(commit.After.Id, commit.Stamp.At);
    }

    private void ForgetAfter(ChatId chat, DateTimeOffset left) => deadlines.At(
        left + options.EndedChatReadable + options.EndedChatReadable, () => cursors.TryRemove(chat, out _));
}

/// <summary>Whether a customer has come to the end of its chat.</summary>
internal enum Reading
{
    GoesOn,
    Finished,
}
