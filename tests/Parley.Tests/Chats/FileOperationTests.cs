using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.Chats;

public sealed class FileOperationTests
{
    private static readonly FileLimits Limits = new(2, 100, 1);

    [Fact]
    public void A_file_is_in_the_chat_and_in_the_transcript()
    {
        var chat = Waiting().After(new CustomerAddFile(File("f1", 10), Limits));

        Assert.Equal("a.png", chat.Files["f1"].Name);
        Assert.Equal((EntryKind.FileUploaded, "a.png"), (chat.Transcript.Last!.Kind, chat.Transcript.Last.Text));
        Assert.Equal(chat.Transcript.Last, Audience.EntriesForCustomer(chat).Last());
    }

    [Fact]
    public void One_file_too_many_is_refused_until_one_is_removed()
    {
        var full = Waiting().After([new CustomerAddFile(File("f1"), Limits), new CustomerAddFile(File("f2"), Limits)]);

        Assert.Equal(CustomerAddFile.TooMany, new CustomerAddFile(File("f3"), Limits).Decide(full).Refused);
        Assert.NotEmpty(new CustomerAddFile(File("f3"), Limits).Accepted(full.After(new CustomerRemoveFile("f1"))));
    }

    [Fact]
    public void Files_that_were_removed_count_towards_the_size_of_all_together()
    {
        var chat = Waiting().After([new CustomerAddFile(File("f1", 60), Limits), new CustomerRemoveFile("f1")]);

        Assert.Equal(CustomerAddFile.TooLarge, new CustomerAddFile(File("f2", 41), Limits).Decide(chat).Refused);
        Assert.NotEmpty(new CustomerAddFile(File("f2", 40), Limits).Accepted(chat));
    }

    [Fact]
    public void Where_an_agent_is_needed_one_has_to_serve_the_customer()
    {
        var add = new CustomerAddFile(File("f1"), Limits with { NeedsAgent = true });

        Assert.Equal(CustomerAddFile.NoAgent, add.Decide(Waiting()).Refused);
        Assert.Equal(CustomerAddFile.NoAgent, add.Decide(Offered()).Refused);
        Assert.NotEmpty(add.Accepted(Talking()));
    }

    [Fact]
    public void A_file_that_was_removed_can_neither_be_fetched_nor_removed_again()
    {
        var chat = Waiting().After([new CustomerAddFile(File("f1"), Limits), new CustomerRemoveFile("f1")]);

        Assert.Equal(EntryKind.FileDeleted, chat.Transcript.Last!.Kind);
        Assert.Equal(Reason.NotFound, new CustomerFetchFile("f1", Limits).Refused(chat));
        Assert.Equal(Reason.NotFound, new CustomerRemoveFile("f1").Refused(chat));
    }

    [Fact]
    public void Fetching_is_counted_and_ends()
    {
        var chat = Waiting().After([new CustomerAddFile(File("f1"), Limits), new CustomerFetchFile("f1", Limits)]);

        Assert.Equal(1, chat.FilesFetched);
        Assert.Equal(Reason.OutOfRange, new CustomerFetchFile("f1", Limits).Refused(chat));
    }

    [Fact]
    public void After_the_end_nothing_can_be_done_with_files()
    {
        var chat = Talking().After([new CustomerAddFile(File("f1"), Limits), new Leave(Bob)]);

        Assert.Equal(Reason.InvalidInState, new CustomerAddFile(File("f2"), Limits).Refused(chat));
        Assert.Equal(Reason.InvalidInState, new CustomerFetchFile("f1", Limits).Refused(chat));
        Assert.Equal(Reason.InvalidInState, new CustomerRemoveFile("f1").Refused(chat));
    }

    private static ChatFile File(string id, long size = 1) => new(id, "a.png", size, "image/png", new string('0', 64));
}
