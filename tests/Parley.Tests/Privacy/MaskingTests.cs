using Parley.Privacy;

namespace Parley.Tests.Privacy;

/// <summary>What is masked and what is not. The card numbers are those that card schemes publish for tests.</summary>
public sealed class MaskingTests
{
    private static readonly Masking Cards = new(Cards: true, []);

    [Theory]
    [InlineData("4111111111111111", "****************")]
    [InlineData("my card is 4111 1111 1111 1111, thanks", "my card is **** **** **** ****, thanks")]
    [InlineData("4111-1111-1111-1111", "****-****-****-****")]
    [InlineData("4111.1111.1111.1111", "****.****.****.****")]
    [InlineData("4111 - 1111 - 1111 - 1111", "**** - **** - **** - ****")]
    [InlineData("4111\u00a01111\u20111111\u200b1111", "****\u00a0****\u2011****\u200b****")]
    [InlineData("378282246310005", "***************")]
    [InlineData("3782 822463 10005", "**** ****** *****")]
    [InlineData("30569309025904", "**************")]
    [InlineData("5555555555554444 and 6011111111111117", "**************** and ****************")]
    [InlineData("2223003122003222", "****************")]
    [InlineData("4222222222222", "*************")]
    [InlineData("6304000000000000000", "*******************")]
    [InlineData("４１１１１１１１１１１１１１１１", "****************")]
    [InlineData("٤١١١ ١١١١ ١١١١ ١١١١", "**** **** **** ****")]
    [InlineData("order 12 4111111111111111 3 times", "order 12 **************** 3 times")]
    [InlineData("card:4111111111111111.", "card:****************.")]
    public void The_number_of_a_card_is_masked_however_it_is_written(string text, string masked) =>
        Assert.Equal(masked, Cards.Of(text));

    [Theory]
    [InlineData("4111111111111112")]
    [InlineData("1234567890123456")]
    [InlineData("41111111111111110000")]
    [InlineData("004111111111111111")]
    [InlineData("+34 600 123 456")]
    [InlineData("order 4711 of 2026-11-20")]
    [InlineData("4111 1111    1111 1111")]
    [InlineData("4111 a 1111 1111 1111")]
    [InlineData("")]
    public void What_is_no_number_of_a_card_stays(string text) => Assert.Equal(text, Cards.Of(text));

    [Theory]
    [InlineData("4111 11", "4111 11")]
    [InlineData("4111 111", "4111 11*")]
    [InlineData("4111 1111 1111 11", "4111 11** **** **")]
    [InlineData("4111 1111 1111 1111", "**** **** **** ****")]
    [InlineData("invoice 1234567", "invoice 1234567")]
    [InlineData("order 12 4111 1111 1111 111", "order 12 4111 11** **** ***")]
    [InlineData("21.11.2026 4111 1111 1111 111", "21.11.2026 4111 11** **** ***")]
    public void A_number_is_hidden_while_it_is_typed(string text, string masked) =>
        Assert.Equal(masked, Cards.Of(text, Typed.StillGoingOn));

    [Theory]
    [InlineData("my number is 12-34-56", "my number is ********")]
    [InlineData("12-34-56 12-34-57", "******** ********")]
    [InlineData("12-34", "12-34")]
    public void Patterns_mask_the_rest(string text, string masked) =>
        Assert.Equal(masked, new Masking(Cards: false, [Masking.Pattern("[0-9]{2}(-[0-9]{2}){2}")]).Of(text));

    [Fact]
    public void Masking_twice_is_masking_once()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "0123456789  -.x4"[random.Next(16)]));
            var once = Cards.Of(text);
            Assert.True(once == Cards.Of(once) && once.Length == text.Length, $"'{text}' became '{once}'.");
            var typed = Cards.Of(text, Typed.StillGoingOn);
            Assert.True(typed == Cards.Of(typed, Typed.StillGoingOn), $"'{text}' became '{typed}' while it was typed.");
        }
    }

    [Fact]
    public void A_value_that_is_a_number_is_a_text_once_it_is_masked()
    {
        Assert.Equal(DataValue.Of("****************"), Cards.Of(DataValue.Number("4111111111111111")));
        Assert.Equal(DataValue.Number("4711"), Cards.Of(DataValue.Number("4711")));
        Assert.Equal(DataValue.Of(true), Cards.Of(DataValue.Of(true)));
    }

    [Theory]
    [InlineData("(?=4)")]
    [InlineData("(4)\\1")]
    public void A_pattern_that_may_take_for_ever_is_not_taken(string pattern) =>
        Assert.Throws<NotSupportedException>(() => Masking.Pattern(pattern));
}
