using System.Text.Json.Nodes;
using Parley.Server.Documents;
using Parley.Server.Rest;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Documents;

/// <summary>The catalogue of operations and the table of those that the server reads are the same.</summary>
public sealed class OperationCatalogTests(SharedDemo demo) : IClassFixture<SharedDemo>
{
    [Fact]
    public void Every_operation_that_is_read_is_described() =>
        Assert.Equal([], ChatOperations.Names.Except(OperationCatalog.OfChats.SelectMany(o => o.Names)));

    [Fact]
    public void An_operation_that_is_read_is_read_by_all_its_names() =>
        Assert.Equal([], OperationCatalog.OfChats.Where(o => o.Names.Any(ChatOperations.Names.Contains))
            .SelectMany(o => o.Names).Except(ChatOperations.Names));

    [Fact]
    public void A_name_means_one_operation()
    {
        var names = OperationCatalog.OfChats.SelectMany(o => o.Names).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task The_sample_of_an_operation_fits_its_schema()
    {
        using var answer = await demo.Started.Get("/openapi/v1.json").Raw();
        var document = new ApiDocument(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
        foreach (var (path, operations) in new[]
        {
            ("/api/v2/me/chats/{id}", OperationCatalog.OfChats.Where(o => ChatOperations.Names.Contains(o.Name))),
            ("/api/v2/me", OperationCatalog.OfSessions.Concat(OperationCatalog.OfStates)),
            ("/api/v2/me/channels/{channel}", OperationCatalog.OfStates),
            ("/api/v2/ucs/interactions", OperationCatalog.OfHistory.Take(1)),
            ("/api/v2/ucs/contacts/{id}/interactions", OperationCatalog.OfHistory.Skip(1).Take(1)),
            ("/api/v2/ucs/interactions/{id}", OperationCatalog.OfHistory.Skip(2)),
        })
        {
            var schema = document.Root["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
            foreach (var operation in operations)
            {
                var sample = JsonNode.Parse(operation.Sample)!;
                Assert.Equal(operation.Name, sample["operationName"]!.GetValue<string>());
                document.Fits(schema, sample, $"{path} {operation.Name}");
            }
        }
    }
}
