using Parley.Server.Tests.Harness;
using static Parley.Server.Tests.History.Archive;

namespace Parley.Server.Tests.History;

/// <summary>Questions about the history that are refused, one server for all of them.</summary>
public sealed class HistoryRefusalTests(HistoryRefusalTests.Shared shared) : IClassFixture<HistoryRefusalTests.Shared>
{
    [Theory]
    [InlineData("""{}""", 400, 1)]
    [InlineData("""{"operationName":"GetInteractionContent"}""", 400, 2)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","fromDate":"yesterday"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","fromDate":"2026-02-30"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","toDate":"9999-12-31"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","toDate":"0001-01-01"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","toDate":"1970-01-01"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","toDate":20261102}""", 400, 2)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","fromDate":"2026-11-03","toDate":"2026-11-02"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","mediaType":"smoke"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","sort":"random"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","maxSize":0}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","maxSize":1001}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","maxSize":-1}""", 400, 2)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","offset":10001}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","source":"archive"}""", 400, 2)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","source":"attic"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","customAttributes":"Plan"}""", 400, 2)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","searchCustomAttributes":["Plan"]}""", 400, 2)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","searchCustomAttributes":{"Plan":{}}}""", 400, 2)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","searchText":"?!"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","searchText":"a b c d e f g h i j k l m n o p q"}""", 400, 10)]
    [InlineData("""{"operationName":"RetrieveInteractionHistory","async":"perhaps"}""", 400, 2)]
    public async Task What_cannot_be_understood_is_refused_at_once(string body, int http, int statusCode) =>
        (await shared.Bob.Post(All, body)).Refused(http, statusCode);

    [Fact]
    public async Task Too_much_of_anything_is_refused_at_once()
    {
        var many = string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"a{i}\""));
        var pairs = string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"a{i}\":1"));

        (await Ask(shared.Bob, $",\"searchText\":\"{new string('x', 10_000)}\"")).Refused(400, 2);
        (await Ask(shared.Bob, $",\"userId\":\"{new string('x', 10_000)}\"")).Refused(400, 2);
        (await Ask(shared.Bob, $",\"customAttributes\":[{many}]")).Refused(400, 10);
        (await Ask(shared.Bob, $",\"customAttributes\":[\"{new string('x', 10_000)}\"]")).Refused(400, 10);
        (await Ask(shared.Bob, $",\"searchCustomAttributes\":{{{pairs}}}")).Refused(400, 10);
        (await Ask(shared.Bob, $",\"searchCustomAttributes\":{{\"a\":\"{new string('x', 100_000)}\"}}")).Succeeded();
    }

    [Theory]
    [InlineData("' or 1=1 --")]
    [InlineData("\\\" NEAR(a) OR agents : b*")]
    [InlineData("%")]
    [InlineData("nul \\u0000 nul")]
    [InlineData("a & b | !c")]
    public async Task Nothing_that_is_searched_for_breaks_the_search(string text)
    {
        var answer = await Ask(shared.Bob, $",\"searchText\":\"{text}\"");
        if (answer.StatusCode != 0) answer.Refused(400, 10);
    }

    public sealed class Shared : IAsyncLifetime
    {
        private RunningServer? server;

        internal AgentClient Bob { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            server = await RunningServer.Start();
            Bob = server.Agent(1);
        }

        public async ValueTask DisposeAsync()
        {
            await Bob.DisposeAsync();
            await server!.DisposeAsync();
        }
    }
}
