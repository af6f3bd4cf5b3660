namespace Parley.Server.Customers;

/// <summary>Older APIs of the family that are not offered: whoever asks is told so in words its software knows.</summary>
/// <remarks>Source: "ChatAPIVersion1".</remarks>
internal static class OtherDoors
{
    private static readonly DoorError Version1 = DoorError.ServiceUnknown with
    {
        Message = "Version 1 of the chat API is not offered.",
        Advice = "Use Version 2, POST /2/chat/{service} below the same prefix.",
    };

    public static void Map(IEndpointRouteBuilder routes, CustomersOptions options)
    {
        foreach (var prefix in options.Prefixes)
            routes.Map($"/{prefix}/1/service/request-chat/{{**rest}}", IResult () => GmsAnswer.Wrong(Version1))
                .ExcludeFromDescription();
    }
}
