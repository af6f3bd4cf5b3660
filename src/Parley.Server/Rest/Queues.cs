using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>/api/v2/queues</c>: the places where chats wait.</summary>
/// <remarks>Source: "Queues Resource".</remarks>
internal static class Queues
{
    private static readonly Columns<Queue> Columns = new(
        [("id", q => [q.Id]), ("name", q => [q.Name]), ("priority", q => [$"{q.Priority}"])]);

    public static void MapQueues(this IEndpointRouteBuilder api)
    {
        var queues = api.MapGroup("/queues").RequireFeature(Feature.ProvisioningRead);
        queues.WithTags("Queues");
        queues.MapGet("", (ContactCenter center, Links links, Fields fields, Selection selection) => fields.Collection(
            "queues", selection.Of(center.Queues, Columns).Select(q => QueueResource.Of(q, links)),
            RestJson.Default.QueueResource, q => q.Uri))
            .WithSummary("The queues of the contact centre.").Answers(Answer.Page("queues", RestJson.Default.QueueResource));
        queues.MapGet("/{id}", (string id, ContactCenter center, Links links, Fields fields) =>
            center.Queues.ById(id) is { } queue
                ? fields.Single("queue", QueueResource.Of(queue, links), RestJson.Default.QueueResource)
                : ApiAnswer.Refused(Reason.NotFound, $"Queue {id} was not found."))
            .WithSummary("One queue of the contact centre.").Asks("id", "The queue's id.")
            .Answers(Answer.Chosen("queue", RestJson.Default.QueueResource));
    }
}
