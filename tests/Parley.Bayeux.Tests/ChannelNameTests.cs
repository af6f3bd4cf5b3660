namespace Parley.Bayeux.Tests;

public sealed class ChannelNameTests
{
    [Theory]
    [InlineData("/a")]
    [InlineData("/a/b/c")]
    [InlineData("/v2/me/chats")]
    [InlineData("/A-_!~()$@.+#{x}/9")]
    [InlineData("/*")]
    [InlineData("/**")]
    [InlineData("/a/*")]
    [InlineData("/a/b/**")]
    [InlineData("/meta/connect")]
    [InlineData("/service/x")]
    [InlineData("/metal")]
    public void A_legal_name_is_read(string text)
    {
        Assert.True(ChannelName.TryParse(text, out var name));
        Assert.Equal(text, name.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a")]
    [InlineData("a/b")]
    [InlineData("//a")]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/a b")]
    [InlineData("/a ")]
    [InlineData("/a/*/b")]
    [InlineData("/a/**/b")]
    [InlineData("/a*")]
    [InlineData("/a/***")]
    [InlineData("/*a")]
    [InlineData("/é")]
    [InlineData("/a?b")]
    [InlineData("/a\"")]
    [InlineData("/a\\b")]
    [InlineData("/meta")]
    [InlineData("/service")]
    public void An_illegal_name_is_refused(string? text) => Assert.False(ChannelName.TryParse(text, out _));

    [Fact]
    public void Names_of_the_same_text_are_equal_in_every_way()
    {
        var (one, same, other) = (ChannelName.Parse("/a/b"), ChannelName.Parse("/a/b"), ChannelName.Parse("/a/B"));
        ChannelName? none = null;
        Assert.True(one == same && one.Equals(same) && one.GetHashCode() == same.GetHashCode());
        Assert.True(one != other && !one.Equals(other));
        Assert.True(one != none && none != one && none == null);
    }

    [Fact]
    public void A_name_has_at_most_256_bytes_and_32_segments()
    {
        Assert.True(ChannelName.TryParse("/" + new string('a', 255), out _));
        Assert.False(ChannelName.TryParse("/" + new string('a', 256), out _));
        Assert.True(ChannelName.TryParse(string.Concat(Enumerable.Repeat("/a", 32)), out _));
        Assert.False(ChannelName.TryParse(string.Concat(Enumerable.Repeat("/a", 33)), out _));
    }

    [Theory]
    [InlineData("/a/*", "/a/b", true)]
    [InlineData("/a/*", "/a", false)]
    [InlineData("/a/*", "/a/b/c", false)]
    [InlineData("/a/**", "/a/b", true)]
    [InlineData("/a/**", "/a/b/c", true)]
    [InlineData("/a/**", "/a", false)]
    [InlineData("/a/**", "/ab/c", false)]
    [InlineData("/**", "/a", true)]
    [InlineData("/**", "/a/b/c/d", true)]
    [InlineData("/*", "/a", true)]
    [InlineData("/*", "/a/b", false)]
    [InlineData("/a/b", "/a/b", true)]
    [InlineData("/a/b", "/A/b", false)]
    [InlineData("/**", "/meta/connect", false)]
    [InlineData("/**", "/service/x", false)]
    [InlineData("/service/x", "/service/x", false)]
    public void A_subscription_matches_as_the_wildcards_say(string subscription, string channel, bool matches) =>
        Assert.Equal(matches, ChannelName.Parse(subscription).Matches(ChannelName.Parse(channel)));

    [Fact]
    public void The_receivers_of_a_channel_are_named_widest_first() =>
        Assert.Equal(["/**", "/a/**", "/a/b/**", "/a/b/*", "/a/b/c"], ChannelName.Parse("/a/b/c").Receivers());

    [Fact]
    public void The_receivers_agree_with_a_plain_reading_of_the_wildcards()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++)
        {
            var channel = RandomName(random);
            var pattern = RandomName(random) + random.Next(3) switch { 0 => "/*", 1 => "/**", _ => "" };
            var expected = pattern.EndsWith("/**", StringComparison.Ordinal)
                ? channel.Length > pattern.Length - 2 && channel.StartsWith(pattern[..^2], StringComparison.Ordinal)
                : pattern.EndsWith("/*", StringComparison.Ordinal)
                    ? channel.StartsWith(pattern[..^1], StringComparison.Ordinal)
                        && !channel[(pattern.Length - 1)..].Contains('/')
                    : channel == pattern;
            Assert.True(expected == ChannelName.Parse(pattern).Matches(ChannelName.Parse(channel)), $"{pattern} on {channel}");
        }
    }

    private static string RandomName(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => "/" + "ab"[random.Next(2)]));
}
