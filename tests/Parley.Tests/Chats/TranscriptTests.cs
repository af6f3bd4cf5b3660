using Parley.Chats;
using Parley.Chats.Operations;
using static Parley.Tests.Cast;

namespace Parley.Tests.Chats;

public sealed class TranscriptTests
{
    [Fact]
    public void A_full_transcript_takes_no_more_talk_and_still_lets_everybody_leave()
    {
        var full = Talking();
        var words = new CustomerSaid(new string('x', 4_096));
        while (full.Transcript.HasRoom) full = full.Apply(words, AtNoon);

        Assert.Equal(Reason.OutOfRange, new CustomerSend("One more").Refused(full));
        Assert.Equal(Reason.InvalidInState, new SendMessage(Bob, "One more").Refused(full));
        Assert.DoesNotContain(nameof(SendMessage), Capabilities.Of(full, Bob));
        Assert.Equal(AgentChatState.LeftChat, full.After(new Leave(Bob, new Farewell("Goodbye"))).StateOf(Bob));
    }
}
