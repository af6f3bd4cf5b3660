using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Customers;

/// <summary>
/// <c>/genesys/2/chat/{service}/availability</c>: whether a chat can begin now, for pages that ask before they offer one.
/// </summary>
/// <remarks>
/// <c>{"statusCode":0,"open":true,"waiting":3,"position":4,"estimatedWait":"2-5"}</c>; the wait in minutes, or
/// <c>unknown</c>. Of agents nothing is told. No published API has it.
/// </remarks>
internal sealed class GmsAvailability(
    Reception reception, ContactCenter center, WaitingLines lines, CustomerLimits limits)
{
    public static void Map(IEndpointRouteBuilder routes, GmsAvailability door, CustomersOptions options)
    {
        foreach (var prefix in options.Prefixes) Map(routes, $"/{prefix}/2/chat/{{service}}/availability", door);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, GmsAvailability door)
    {
        RouteHandlerBuilder[] both =
        [
            routes.MapGet(path, (string service, HttpContext context) => door.Look(service, context)),
            routes.MapPost(path, (string service, HttpContext context) => door.Look(service, context))
                .Takes(GmsDescription.Question),
        ];
        foreach (var endpoint in both)
            endpoint.WithTags(GmsDescription.Tag).WithMetadata(new GmsRefusals())
                .WithSummary("Whether a chat can begin now, and how long it is likely to wait.")
                .Asks("service", "The chat service, one that the contact centre's file names.")
                .Answers(GmsDescription.Availability);
    }

    private IResult Look(string name, HttpContext context)
    {
        var caller = Caller.Of(context);
        if (!limits.AllowsLook(caller)) return GmsAnswer.Wrong(DoorError.TooManyRequests);
        if (center.ServiceOf(name) is not { } service) return GmsAnswer.Wrong(DoorError.ServiceUnknown);
        if (!Reception.HasApiKey(service, caller)) return GmsAnswer.Wrong(DoorError.KeyRequired);
        var isOpen = reception.IsOpen(service);
        var waiting = lines.CountOf(service.Queue.QueueName);
        return ApiAnswer.With(json =>
        {
            json.WriteBoolean("open"u8, isOpen);
            json.WriteNumber("waiting"u8, waiting);
            if (!isOpen) return;
            json.WriteNumber("position"u8, waiting + 1);
            var wait = lines.EstimateFor(service.Queue.QueueName);
            json.WriteString("estimatedWait"u8, wait is { } estimate ? WaitText.Of(estimate) : WaitText.Unknown);
        });
    }
}
