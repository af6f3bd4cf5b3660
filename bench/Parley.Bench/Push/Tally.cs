namespace Parley.Bench.Push;

/// <summary>What one receiver has heard of one sender: each number once, in whatever order.</summary>
internal sealed class Tally
{
    private readonly HashSet<int> early = [];

    /// <summary>All numbers below were heard.</summary>
    public int Next { get; private set; }

    /// <summary>Numbers heard again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Notes a number; false if it was heard before.</summary>
    public bool Hear(int number)
    {
        if (number < Next || (number > Next && !early.Add(number)))
        {
            Repeats++;
            return false;
        }
        if (number == Next)
        {
            do Next++;
            while (early.Count > 0 && early.Remove(Next));
        }
        return true;
    }

    /// <summary>How many of the first <paramref name="sent"/> numbers were not heard.</summary>
    public int Missing(int sent) => sent - Next - early.Count;
}
