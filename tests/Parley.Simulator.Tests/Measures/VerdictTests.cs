using System.Text;
using Parley.Client;
using Parley.Simulator.Measures;

namespace Parley.Simulator.Tests.Measures;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(200, """{"statusCode":0}""", nameof(Verdict.Done))]
    [InlineData(503, """{"statusCode":4,"statusMessage":"Too much to do."}""", nameof(Verdict.Overload))]
    [InlineData(429, """{"statusCode":1,"chatEnded":false}""", nameof(Verdict.Overload))]
    [InlineData(200, """{"statusCode":1,"chatEnded":false}""", nameof(Verdict.Overload))]
    [InlineData(400, """{"statusCode":2,"statusMessage":"Not available in state 'LeftChat'."}""", nameof(Verdict.TooLate))]
    [InlineData(200, """{"statusCode":2,"chatEnded":true,"errors":[{"code":404}]}""", nameof(Verdict.TooLate))]
    [InlineData(400, """{"statusCode":2,"chatEnded":false,"errors":[{"code":204}]}""", nameof(Verdict.Wrong))]
    [InlineData(400, """{"statusCode":1,"statusMessage":"Parameter 'text' is required."}""", nameof(Verdict.Wrong))]
    [InlineData(500, """{"statusCode":4}""", nameof(Verdict.Wrong))]
    [InlineData(404, """["what no Parley says"]""", nameof(Verdict.Wrong))]
    public void Of_an_answer_in_a_chat(int status, string body, string expected) =>
        Assert.Equal(expected, $"{Verdicts.Of(Read(status, body))}");

    [Theory]
    [InlineData(400, """{"statusCode":2,"chatEnded":false,"errors":[{"code":240}]}""", nameof(Verdict.Overload))]
    [InlineData(400, """{"statusCode":2,"statusMessage":"A chat cannot be started now. Try again."}""", nameof(Verdict.Overload))]
    [InlineData(400, """{"statusCode":2,"chatEnded":false,"errors":[{"code":9002}]}""", nameof(Verdict.Wrong))]
    [InlineData(404, """{"statusCode":6,"statusMessage":"There is no such thing."}""", nameof(Verdict.Wrong))]
    [InlineData(404, """["what no Parley says"]""", nameof(Verdict.Wrong))]
    public void Of_an_answer_to_who_asks_for_a_chat(int status, string body, string expected) =>
        Assert.Equal(expected, $"{Verdicts.OfBeginning(Read(status, body))}");

    [Fact]
    public void Silence_is_wrong_unless_the_client_lost_its_own_connection()
    {
        Assert.Equal(Verdict.Wrong, Verdicts.Of(Reply.None("connection refused")));
        Assert.Equal(Verdict.Interrupted, Verdicts.Of(Verdicts.Interrupted));
    }

    private static Reply Read(int status, string body) => Reply.Of(status, Encoding.UTF8.GetBytes(body));
}
