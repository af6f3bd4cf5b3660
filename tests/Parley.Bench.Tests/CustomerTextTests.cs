using System.Text;

namespace Parley.Bench.Tests;

public class CustomerTextTests
{
    [Theory]
    [InlineData(CustomerText.Shortest)]
    [InlineData(80)]
    [InlineData(2000)]
    public void A_text_has_the_wanted_size_and_gives_its_number_back(int size)
    {
        var texts = new CustomerText(size);

        var body = texts.Body("message="u8, 1234567);

        Assert.Equal("message=".Length + size, body.Length);
        Assert.Equal(1234567, texts.NumberIn(body.AsSpan("message=".Length)));
    }

    [Fact]
    public void Texts_of_others_have_no_number() =>
        Assert.Equal(-1, new CustomerText(80).NumberIn(Encoding.UTF8.GetBytes("Good morning, how can I help you today?")));

    [Fact]
    public void Texts_are_found_in_any_bytes_one_after_the_other()
    {
        var texts = new CustomerText(80);
        ReadOnlySpan<byte> bytes = texts.Body(texts.Body("{\"text\":\""u8, 7, "\"},{\"text\":\""u8), 8, "\"}"u8);

        Assert.True(texts.TryTake(ref bytes, out var first));
        Assert.True(texts.TryTake(ref bytes, out var second));
        Assert.False(texts.TryTake(ref bytes, out _));
        Assert.Equal((7, 8), (first, second));
        Assert.EndsWith("\"}", Encoding.ASCII.GetString(bytes));
    }
}
