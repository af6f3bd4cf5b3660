namespace Parley.Simulator.Humans;

/// <summary>What simulated people say and are called: words in no meaningful order.</summary>
internal static class Words
{
    private static readonly string[] All =
        ("the a my your our this that it there here now today yesterday tomorrow soon later still again only also maybe "
        + "order parcel invoice account delivery ticket refund booking number address street city email phone page button screen "
        + "size colour shoes jacket lamp chair router cable battery contract price offer card bank date week month morning "
        + "evening please thanks sorry yes no good fine wrong late early new old blue green small large open closed ready broken missing "
        + "send sent find found check change cancel return receive wait want need know think see ask tell help call write pay "
        + "is was has had can could will would with without from for to at on in of and but because after before until").Split(' ');

    private static readonly string[] FirstNames =
        ("Ana Ben Cleo Dario Edith Femi Greta Hugo Ines Jonas Kira Leon Mara Nils Olga Pavel Quinn Rosa Sami Tove Ugo Vera "
        + "Wanda Xenia Yusuf Zoe").Split(' ');

    /// <summary>A customer's name; the number keeps those of one run apart.</summary>
    public static string Name(Chance chance, int number) => $"{chance.Of(FirstNames)} {number}";

    /// <summary>One to three sentences.</summary>
    public static string Text(Chance chance) =>
        string.Join(' ', Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => Sentence(chance)));

    private static string Sentence(Chance chance)
    {
        var words = Enumerable.Range(0, 3 + chance.Below(9)).Select(_ => chance.Of(All)).ToArray();
        words[0] = char.ToUpperInvariant(words[0][0]) + words[0][1..];
        return string.Join(' ', words) + (chance.Happens(0.3) ? "?" : ".");
    }
}
