namespace Parley.Log.Tests;

public sealed class InMemoryEventLogTests : EventLogSuite
{
    protected override Task<IEventLog> OpenAsync(EventLogOptions limits) =>
        Task.FromResult<IEventLog>(new InMemoryEventLog(limits));

    [Fact]
    public async Task An_append_and_a_read_are_done_when_the_call_returns()
    {
        var append = Log.AppendAsync(Appends.To("chat/1", 0, "a"));
        var read = Log.ReadAsync("chat/1");

        Assert.True(append.IsCompletedSuccessfully);
        Assert.True(read.IsCompletedSuccessfully);
        Assert.Single(await read);
    }
}
