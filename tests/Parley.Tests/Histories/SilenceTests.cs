using System.Text.Json;
using Parley.Chats;
using Parley.Chats.Operations;

namespace Parley.Tests.Histories;

/// <summary>
/// A history played again without somebody of whom certain others must take no notice: they are told, and can read, the same.
/// </summary>
public sealed class SilenceTests
{
    private static readonly IdleTimes Times =
        new(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1), IdleNotices.All);

    [Fact]
    public void A_silent_supervisor_leaves_no_trace_for_agents_and_customers() => Playing.Play(
        100, history => Compare(history, _ => true, AgentsAndCustomer), ChatRole.Monitor);

    [Fact]
    public void A_coach_leaves_no_trace_for_customers() => Playing.Play(
        50, history => Compare(history, IsBeforeTheCustomer, Customer), ChatRole.Coach);

    [Fact]
    public void An_adviser_leaves_no_trace_for_customers() => Playing.Play(
        50, history => Compare(history, IsBeforeTheCustomer, Customer), ChatRole.Consultant);

    [Fact]
    public void What_agents_say_among_themselves_leaves_no_trace_for_customers() => Playing.Play(50, history =>
    {
        ChatOperation asked = null!;
        history.Center.Accepted += (_, operation) => asked = operation;
        history.Center.Told = commit =>
        {
            var isPrivate = asked.GetType().Name.Contains("ToAgents", StringComparison.Ordinal);
            if (isPrivate) Assert.Equal(Customer(commit.Before), Customer(commit.After));
        };
        return () => { };
    });

    private static bool IsBeforeTheCustomer(Happening happening) =>
        !happening.What.Contains("ToAgents", StringComparison.Ordinal);

    /// <summary>Plays along in a second contact centre without the shadow.</summary>
    private static Action Compare(History history, Func<Happening, bool> isRepeated, Func<Chat, string> read)
    {
        var shadow = history.Center.Supervisors[^1];
        var twin = new SmallCenter(agents: 5, supervisors: 2);
        var told = Listen(history.Center);
        var toldTwin = Listen(twin);
        var repeated = 0;
        return () =>
        {
            foreach (var happening in history.Happenings.Skip(repeated))
                if (!happening.Concerns(shadow) && isRepeated(happening)) happening.Run(twin);
            repeated = history.Happenings.Count;
            if (read == AgentsAndCustomer) Assert.Equal(toldTwin, told);
            told.Clear();
            toldTwin.Clear();
            foreach (var (id, chat) in history.Center.Chats) Assert.Equal(read(twin.Chats[id]), read(chat));
        };
    }

    private static List<string> Listen(SmallCenter center)
    {
        var told = new List<string>();
        center.Told = commit =>
        {
            foreach (var agent in AgentsOf(commit.After))
                told.AddRange(commit.NewsFor(agent).Select(news => $"{agent} {Text(news)}"));
        };
        return told;
    }

    private static IEnumerable<AgentId> AgentsOf(Chat chat) =>
        chat.Agents.Keys.Where(a => a.Value.StartsWith("agent", StringComparison.Ordinal));

    private static string AgentsAndCustomer(Chat chat) => Customer(chat, e => e.Index) + string.Join('\n', AgentsOf(chat)
        .Select(a => $"{a} {Text(ChatView.Of(chat, a)!)} {Text(Audience.EntriesFor(a, chat).ToArray())}"));

    /// <summary>What a customer is shown, and by when it is warned; the gaps between the indexes are no secret.</summary>
    private static string Customer(Chat chat) => Customer(chat, _ => 0);

    private static string Customer(Chat chat, Func<Entry, int> index) => string.Join('\n', Audience.EntriesForCustomer(chat)
        .Select(e => $"{index(e)} {e.Kind} {e.From.Number} {e.From.Nickname} {e.At:O} {e.Text} {e.MessageType} {e.Quit}")
        .Append($"{chat.Idleness} {IdlePlan.For(chat, Times)}"));

    private static string Text(object told) => JsonSerializer.Serialize(told, told.GetType());
}
