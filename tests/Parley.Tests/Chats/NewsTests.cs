using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.Chats;

/// <summary>What an agent is told, in which order, and with which reference.</summary>
public sealed class NewsTests
{
    private static readonly Stamp Asked = new(Noon, Bob, 13);

    [Fact]
    public void An_offer_is_told_as_a_change_of_status() =>
        Assert.Equal(["Status Invited"], ToldOfOthers(new Offer(Bob, Support, Noon), Waiting()));

    [Fact]
    public void Who_accepts_is_told_status_participants_and_the_whole_history()
    {
        var chat = Waiting().After(new CustomerSend("Hello")).After(new Offer(Bob, Support, Noon));

        Assert.Equal(["Status Chatting ref 13", "Participants ref 13", "Entries 1,2,3"], Told(new Accept(Bob, "Bob"), chat));
    }

    [Fact]
    public void The_first_news_of_joining_shows_nobody_and_the_second_everybody()
    {
        var news = new Accept(Bob, "Bob").Commit(Offered()).NewsFor(Bob).ToArray();

        Assert.Empty(Assert.IsType<News.StatusChanged>(news[0]).View.Participants);
        Assert.Equal(["Bob", "Ada"], Assert.IsType<News.ParticipantsChanged>(news[1]).View.Participants.Select(p => p.Nickname));
    }

    [Fact]
    public void A_rejected_offer_ends_with_a_reference() =>
        Assert.Equal(["Status Completed ref 13"], Told(new Reject(Bob), Offered()));

    [Fact]
    public void A_farewell_comes_before_the_change_and_the_leaving_after_it() =>
        Assert.Equal(
            ["Entries 3", "Status LeftChat ref 13", "Participants ref 13", "Entries 4,5", "TranscriptSaved"],
            Told(new Leave(Bob, new Farewell("Goodbye")), Talking()));

    [Fact]
    public void The_end_of_the_work_carries_no_reference_and_nothing_follows_it() =>
        Assert.Equal(["Entries 3", "Status Completed"], Told(new Complete(Bob, Farewell: new Farewell("Goodbye")), Talking()));

    [Fact]
    public void A_customer_who_leaves_changes_the_status_first() =>
        Assert.Equal(
            ["Status LeftChat", "Participants", "Entries 3", "TranscriptSaved"],
            ToldOfOthers(new CustomerLeave(QuitReason.Left), Talking()));

    [Fact]
    public void User_data_is_told_with_the_reference_of_who_asked() =>
        Assert.Equal(["Properties ref 13"], Told(new SetDisposition(Bob, "Solved"), Talking()));

    [Fact]
    public void An_agent_who_is_only_invited_hears_no_messages() => Assert.Empty(Told(new CustomerSend("Hello?"), Offered()));

    [Fact]
    public void Nothing_is_told_of_a_focus() => Assert.Empty(Told(new SetInFocus(Bob), Talking()));

    [Fact]
    public void Who_is_done_hears_nothing_more()
    {
        var handedOn = Talking().After(new DetachAgent(Bob));

        Assert.Empty(Told(new Offer(Carol, Support, Noon), handedOn));
    }

    private static string[] ToldOfOthers(ChatOperation operation, Chat chat) =>
        [.. operation.Commit(chat).NewsFor(Bob).Select(Brief)];

    private static string[] Told(ChatOperation operation, Chat chat) =>
        [.. operation.Commit(chat, Asked).NewsFor(Bob).Select(Brief)];

    private static string Brief(News news) => news switch
    {
        News.StatusChanged s => $"Status {s.View.State}" + Reference(s.ReferenceId),
        News.ParticipantsChanged p => "Participants" + Reference(p.ReferenceId),
        News.PropertiesChanged p => "Properties" + Reference(p.ReferenceId),
        News.NewEntries n => "Entries " + string.Join(',', n.Entries.Select(e => e.Index)),
        _ => news.GetType().Name,
    };

    private static string Reference(int? id) => id is null ? "" : $" ref {id}";
}
