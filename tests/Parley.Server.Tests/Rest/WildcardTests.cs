using Parley.Server.Rest;

namespace Parley.Server.Tests.Rest;

/// <summary>Texts with stars in them.</summary>
public sealed class WildcardTests
{
    [Theory]
    [InlineData("kim", "Kim")]
    [InlineData("k*", "Kim")]
    [InlineData("*", "")]
    [InlineData("*", "Kim")]
    [InlineData("**", "Kim")]
    [InlineData("*im", "Kim")]
    [InlineData("*i*", "Kim")]
    [InlineData("k*i*m", "Kim")]
    [InlineData("a*b*b", "abb")]
    [InlineData("*ab*ab*", "xabxabx")]
    public void These_fit(string pattern, string text) => Assert.True(new Wildcard(pattern).Matches(text));

    [Theory]
    [InlineData("ki", "Kim")]
    [InlineData("", "Kim")]
    [InlineData("k*k", "K")]
    [InlineData("*ab*ab*", "xabx")]
    [InlineData("a*b*b", "ab")]
    [InlineData("*x*", "Kim")]
    [InlineData("?im", "Kim")]
    public void These_do_not(string pattern, string text) => Assert.False(new Wildcard(pattern).Matches(text));

    [Fact]
    public void What_fits_is_what_a_plain_search_says()
    {
        var random = new Random(20_261_121);
        for (var i = 0; i < 20_000; i++)
        {
            var (pattern, text) = (Word(random, "ab*", 6), Word(random, "ab", 6));
            Assert.True(
                Fits(pattern, text) == new Wildcard(pattern).Matches(text),
                $"'{pattern}' and '{text}', number {i} of seed 20261121");
        }
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty) return text.IsEmpty;
        if (pattern[0] == '*') return Fits(pattern[1..], text) || (!text.IsEmpty && Fits(pattern, text[1..]));
        return !text.IsEmpty && pattern[0] == text[0] && Fits(pattern[1..], text[1..]);
    }

    private static string Word(Random random, string letters, int longest) =>
        new([.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => letters[random.Next(letters.Length)])]);
}
