using Parley.Client;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>Sends one party's texts in one talk, one after the other, each until it is answered.</summary>
internal sealed class Sender(Play play, string talk, string party)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private int sent;

    /// <summary>Sends a new text, again and again with the same key; the last reply says what came of it.</summary>
    /// <param name="post">Posts the text with the key.</param>
    public async Task<Reply> SayAsync(Readers to, Func<string, string, Task<Reply>> post)
    {
        var text = $"{talk} {party} {++sent}";
        var key = $"{Guid.NewGuid():N}";
        play.Journal.Add(new Sent(talk, party, text, to));
        while (true)
        {
            var reply = await post(text, key);
            if (reply.Fate == Fate.Acknowledged)
            {
                play.Journal.Add(new Acknowledged(text));
                play.CountAcknowledged();
                return reply;
            }
            if (reply.Fate == Fate.Refused)
            {
                play.Journal.Add(new Refused(text, reply.Why));
                return reply;
            }
            await Task.Delay(Pause, play.Cancel);
            play.Journal.Add(new Repeated(text));
        }
    }
}
