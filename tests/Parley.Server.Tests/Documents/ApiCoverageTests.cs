using System.Text.Json.Nodes;
using Parley.Server.Documents;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Documents;

/// <summary>What the published pages describe is there, is tested, and the document says so.</summary>
public sealed class ApiCoverageTests(SharedDemo demo) : IClassFixture<SharedDemo>
{
    /// <summary>Set to anything, it makes the tests write the document anew.</summary>
    private const string WriteVariable = "PARLEY_WRITE_DOCUMENTS";

    [Fact]
    public void Everything_described_is_there() =>
        Assert.Equal([], ApiCoverage.All.Where(row => row.Place is null).Select(row => row.Name));

    [Fact]
    public void Everything_that_is_there_is_named_by_a_test() =>
        Assert.Equal([], ApiCoverage.All.Where(row => row.Tests.Count == 0).Select(row => row.Name));

    [Fact]
    public void No_test_names_what_is_not_described() =>
        Assert.Equal([], CoveringTests.Attributed.Select(named => named.Key).Except(ApiCoverage.All.Select(row => row.Name)));

    [Fact]
    public void The_page_of_an_operation_is_the_one_that_its_doc_comment_names()
    {
        var comments = new DocComments();
        var operations = typeof(Parley.Chats.Operations.Leave).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(Parley.Chats.Operations.Leave).Namespace && !t.IsNested)
            .ToDictionary(t => t.Name, t => comments.Of(t).Source);
        Assert.Equal([], OperationCatalog.OfChats.Where(o => operations.TryGetValue(o.Name, out var source)
            && source?.Contains(o.Source, StringComparison.Ordinal) != true).Select(o => $"{o.Name}: {operations[o.Name]}"));
    }

    [Fact]
    public void Every_message_that_can_be_told_is_in_the_catalogue_of_topics() =>
        Assert.Equal(
            [],
            typeof(TopicCatalog).Assembly.GetTypes()
                .Where(t => t.Namespace == "Parley.Server.Notifications" && t.GetProperty("MessageType") is not null)
                .Except(TopicCatalog.Notices.Select(n => n.Message.Type)));

    [Fact]
    public async Task The_document_says_where_everything_is_and_which_tests_are_about_it()
    {
        using var answer = await demo.Started.Get("/openapi/v1.json").Raw();
        var openApi = new ApiDocument(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
        var path = Path.Combine(ApiCoverage.Root(), "docs", "api-coverage.md");
        var written = ApiCoverage.Document(openApi);
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null) await File.WriteAllTextAsync(path, written);
        Assert.True(
            File.Exists(path) && await File.ReadAllTextAsync(path) == ApiCoverage.Document(openApi),
            $"docs/api-coverage.md is not up to date: run this test with {WriteVariable}=1.");
    }
}
