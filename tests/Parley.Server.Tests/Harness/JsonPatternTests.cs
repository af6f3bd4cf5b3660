using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>The measure itself: what a pattern matches and what it does not.</summary>
public sealed class JsonPatternTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":…}""", """{"a":{"b":[1]}}""")]
    [InlineData("""{"a":1,…}""", """{"b":2,"a":1}""")]
    [InlineData("""{…}""", """{}""")]
    [InlineData("""{"a":[{"b":1,…},…]}""", """{"a":[{"b":1,"c":2},3]}""")]
    [InlineData("""{"capabilities":["B","A"]}""", """{"capabilities":["A","B"]}""")]
    [InlineData("""{"capabilities":["B",…]}""", """{"capabilities":["A","B"]}""")]
    [InlineData("""{"a":"an … inside"}""", """{"a":"an … inside"}""")]
    [InlineData("""{"a":null}""", """{"a":null}""")]
    public void These_match(string pattern, string actual) =>
        Assert.Null(JsonPattern.Parse(pattern).Complaint(JsonNode.Parse(actual)));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,…}""", """{"b":1}""")]
    [InlineData("""{"a":…}""", """{}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""[1,2]""", """[2,1]""")]
    [InlineData("""[1]""", """[1,2]""")]
    [InlineData("""[1,2,…]""", """[1]""")]
    [InlineData("""{"capabilities":["A"]}""", """{"capabilities":["A","B"]}""")]
    [InlineData("""{"capabilities":["A","C",…]}""", """{"capabilities":["A","B"]}""")]
    public void These_do_not_match(string pattern, string actual) =>
        Assert.NotNull(JsonPattern.Parse(pattern).Complaint(JsonNode.Parse(actual)));
}
