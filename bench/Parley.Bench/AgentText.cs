using Parley.Bench.Push;

namespace Parley.Bench;

/// <summary>What agents answer: a stamp that says when, then words.</summary>
internal static class AgentText
{
    /// <summary>The request that sends it.</summary>
    /// <param name="due">When it is sent, a <see cref="System.Diagnostics.Stopwatch"/> timestamp.</param>
    public static byte[] Body(long due)
    {
        var stamp = new byte[Stamp.Length];
        new Stamp(Audience.Partner, 0, due).Write(stamp);
        return
        [
            .. """{"operationName":"SendMessage","text":"Thank you for waiting. """u8, .. stamp,
            .. " I am looking at your order now, one moment please.\"}"u8,
        ];
    }
}
