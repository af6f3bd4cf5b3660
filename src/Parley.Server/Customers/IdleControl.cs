using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Customers;

/// <summary>
/// Warns those in a chat where nobody says anything, and in the end closes it, as its service has it. Every step follows from
/// the stored state of the chat, so that a restart or a late clock only delays it, and of two nodes that plan the same step one
/// is refused.
/// </summary>
/// <remarks>Source: "ChatInactivity".</remarks>
internal sealed class IdleControl(
    Folds<Chat, ChatEvent> chats, ChatHost host, ContactCenter center, Deadlines deadlines, Duties duties,
    TimeProvider time, CustomersOptions options) : IHearsCommits
{
    /// <summary>When each chat is looked at next; talk in between only makes that look too early.</summary>
    private readonly ConcurrentDictionary<ChatId, DateTimeOffset> looks = new();

    /// <summary>How many whole seconds are left before the next step; null while no warning is pending.</summary>
    public int? SecondsLeft(Chat chat)
    {
        if (!chat.CustomerPresent || chat.Place != Place.WithAgents) return null;
        if (chat.Idleness.Warning is null || chat.Idleness.Pending(TimesOf(chat).Counted)?.Until is not { } until) return null;
        return Whole(until - time.GetUtcNow());
    }

    /// <summary>Nobody could answer while the server was down: whatever ran out meanwhile has a little time left.</summary>
    public void Recall(Chat chat)
    {
        if (IdlePlan.For(chat, TimesOf(chat)) is not { } plan) return;
        var earliest = time.GetUtcNow() + options.IdleGrace;
        LookAt(chat.Id, plan.Due > earliest ? plan.Due : earliest);
    }

    public void Hear(ChatCommit commit)
    {
        if (!commit.After.CustomerPresent) looks.TryRemove(commit.After.Id, out _);
        else if (commit.Before.Idleness != commit.After.Idleness || commit.Before.Place != commit.After.Place) Plan(commit.After);
    }

    private IdleTimes TimesOf(Chat chat) => RulesOf(chat).TimesOf(chat.Attendance);

    private IdleRules RulesOf(Chat chat) => center.ServiceOf(chat.Service)?.Idle ?? new IdleRules();

    private void Plan(Chat chat)
    {
        if (IdlePlan.For(chat, TimesOf(chat)) is { } plan) LookAt(chat.Id, plan.Due);
    }

    /// <summary>One look at a time is planned for each chat, unless an earlier one is needed.</summary>
    private void LookAt(ChatId chat, DateTimeOffset when)
    {
        if (looks.TryGetValue(chat, out var planned) && planned <= when) return;
        looks[chat] = when;
        deadlines.At(when, () => Look(chat, when));
    }

    private void Look(ChatId id, DateTimeOffset planned)
    {
        if (!looks.TryRemove(KeyValuePair.Create(id, planned))) return;
        if (!chats.TryPeek(id.Value, out var chat) || IdlePlan.For(chat, TimesOf(chat)) is not { } plan) return;
        if (plan.Due > time.GetUtcNow()) LookAt(id, plan.Due);
        else _ = duties.Do(() => Take(chat, plan), again => LookAt(id, again));
    }

    /// <returns>Whether the step is taken; else it was not so quiet any more, or nothing could be stored.</returns>
    private async Task<bool> Take(Chat chat, IdlePlan plan) =>
        (await host.Execute(chat.Id, StepOf(chat, plan))).Refused is null;

    private IdleStepOperation StepOf(Chat chat, IdlePlan plan)
    {
        var rules = RulesOf(chat);
        return plan.Measure == IdleMeasure.End
            ? new EndIdle(chat.Idleness, rules.CloseText)
            : new WarnIdle(
                chat.Idleness, plan.Measure == IdleMeasure.Warn ? rules.AlertText : rules.SecondAlertText,
                plan.Next, Whole(plan.Within), time.GetUtcNow() + plan.Within);
    }

    private static int Whole(TimeSpan span) => (int)Math.Ceiling(Math.Max(0, span.TotalSeconds));
}
