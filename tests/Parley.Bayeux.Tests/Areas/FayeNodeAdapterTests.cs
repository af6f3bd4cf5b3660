namespace Parley.Bayeux.Tests.Areas;

/// <summary>What Faye's spec of its HTTP side checks, or what we decided to do instead.</summary>
[Area("Faye", "node adapter")]
public sealed class FayeNodeAdapterTests
{
    private const string Handshake = """[{"channel":"/meta/handshake"}]""";

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task A_body_of_JSON_is_understood_whatever_its_type_says_and_its_answer_is_not_kept(string? type)
    {
        await using var host = await TestHost.Start();
        using var answer = await Post(host, Handshake, type);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal((await answer.Content.ReadAsByteArrayAsync()).Length, answer.Content.Headers.ContentLength);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());

        foreach (var wrong in new[] { "[}", "42", "\"hello\"" })
        {
            using var refused = await Post(host, wrong, type);
            Assert.Equal(400, (int)refused.StatusCode);
        }
    }

    // Faye reads the message out of a form, too: ours is JSON only
    [Fact]
    public async Task A_form_is_refused()
    {
        await using var host = await TestHost.Start();
        var form = new FormUrlEncodedContent([new("message", Handshake)]);
        using var answer = await host.Http.PostAsync(host.Address, form);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    private static Task<HttpResponseMessage> Post(TestHost host, string body, string? type)
    {
        var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return host.Http.PostAsync(host.Address, content);
    }
}
