using System.Globalization;
using Parley.Chats;

namespace Parley.Tests.Histories;

/// <summary>Plays many histories and says which seed failed; <c>PARLEY_SEED</c> and <c>PARLEY_CASES</c> choose others.</summary>
internal static class Playing
{
    private const int Length = 120;

    /// <param name="cases">How many histories, unless the environment says otherwise.</param>
    /// <param name="prepare">For one history, what is to be checked after every step.</param>
    /// <param name="shadow">The role of the history's shadow; null for none.</param>
    public static void Play(int cases, Func<History, Action> prepare, ChatRole? shadow = null)
    {
        var first = Setting("PARLEY_SEED") ?? Environment.TickCount;
        var last = first + (Setting("PARLEY_CASES") ?? cases) - 1;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seeds {first} to {last}");
        for (var seed = first; seed <= last; seed++) Play(new History(seed, shadow), seed, prepare);
    }

    /// <summary>The very same histories every time.</summary>
    public static void PlayTheSame(int cases, Func<History, Action> prepare)
    {
        for (var seed = 1; seed <= cases; seed++) Play(new History(seed), seed, prepare);
    }

    private static void Play(History history, int seed, Func<History, Action> prepare)
    {
        try
        {
            var afterEveryStep = prepare(history);
            for (var step = 0; step < Length; step++)
            {
                history.Step();
                afterEveryStep();
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed} after:\n{string.Join('\n', history.Happenings.TakeLast(25))}\n{e.Message}");
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
