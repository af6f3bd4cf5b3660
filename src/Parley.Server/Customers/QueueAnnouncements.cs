using System.Globalization;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Customers;

/// <summary>
/// Tells customers who wait their place in the queue, where their service does so: soon after they came, then when it has become
/// better, and not more often than is set. What was told is stored with the chat, so nobody is told twice.
/// </summary>
/// <remarks>
/// However many come and go, the lines are gone through at most once in <see cref="Gathering"/>; who is taken by an agent within
/// that time is told nothing.
/// </remarks>
internal sealed class QueueAnnouncements(
    Folds<Chat, ChatEvent> chats, ChatHost host, WaitingLines lines, ContactCenter center, Deadlines deadlines,
    Duties duties, TimeProvider time, CustomersOptions options) : IHearsCommits, IDisposable
{
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    private const int AtOnce = 8;

    private readonly bool isNeeded = center.Services.Values.Any(s => s.AnnouncesPosition);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock gate = new();
    private DateTimeOffset next = DateTimeOffset.MaxValue;

    public void Recall(Chat chat)
    {
        if (chat.Place == Place.Waiting) LookBy(time.GetUtcNow() + Gathering);
    }

    public void Hear(ChatCommit commit)
    {
        var (before, after) = (commit.Before, commit.After);
        if (before.Place != after.Place || before.Line != after.Line) LookBy(time.GetUtcNow() + Gathering);
    }

    public void Dispose() => turn.Dispose();

    private void LookBy(DateTimeOffset when)
    {
        if (!isNeeded) return;
        lock (gate)
        {
            if (next <= when) return;
            next = when;
        }
        deadlines.At(when, () => _ = duties.Do(() => Look(when), LookBy));
    }

    /// <returns>Whether who is due was told; else somebody else is at it.</returns>
    private async Task<bool> Look(DateTimeOffset planned)
    {
        lock (gate)
        {
            if (next != planned) return true; // an earlier look was needed, and plans what is left itself
            next = DateTimeOffset.MaxValue;
        }
        if (!await turn.WaitAsync(TimeSpan.Zero)) return false;
        try
        {
            await Parallel.ForEachAsync(
                Due(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (announcement, _) => await duties.Do(() => Tell(announcement), LookBy));
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Who is to be told now; who has heard something too lately is looked at again in time.</summary>
    private List<Announcement> Due()
    {
        var due = new List<Announcement>();
        var now = time.GetUtcNow();
        var again = DateTimeOffset.MaxValue;
        foreach (var line in lines.Occupied)
        {
            foreach (var (ahead, id) in lines.In(line).Index())
            {
                if (!chats.TryPeek(id.Value, out var chat) || chat.Told?.Position <= ahead + 1) continue;
                if (center.ServiceOf(chat.Service) is not { AnnouncesPosition: true } service) continue;
                if (chat.Told?.At + options.PositionInterval is { } earliest && earliest > now)
                    again = earliest < again ? earliest : again;
                else
                    due.Add(new Announcement(id, ahead + 1, TextFor(service, line, ahead + 1)));
            }
        }
        if (again < DateTimeOffset.MaxValue) LookBy(again);
        return due;
    }

    private string TextFor(ChatService service, Line line, int position)
    {
        var text = lines.EstimateFor(line) is { } wait
            ? service.PositionAndWaitText.Replace("{wait}", WaitText.Of(wait), StringComparison.Ordinal)
            : service.PositionText;
        return text.Replace("{position}", position.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private async Task<bool> Tell(Announcement announcement)
    {
        var outcome = await host.Execute(announcement.Chat, new TellPosition(announcement.Position, announcement.Text));
        return outcome.Refused is not { Reason: Reason.Unavailable };
    }

    private readonly record struct Announcement(ChatId Chat, int Position, string Text);
}
