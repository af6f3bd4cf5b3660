using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/internal-api/business-attributes</c>, also under <c>/api/v2</c>: the contact centre's lists, always all of them;
/// <c>/api/v2/dispositions</c>: what an agent can choose from at the end of a chat.
/// </summary>
/// <remarks>Source: InternalAPIBA; "Hierarchical Dispositions API".</remarks>
internal static class BusinessAttributes
{
    private const string InternalRoot = "/internal-api";

    public static void MapBusinessAttributes(this WebApplication app, IEndpointRouteBuilder api)
    {
        foreach (var root in (IEndpointRouteBuilder[])[api, app.MapApi(InternalRoot)])
        {
            root.MapGet("/business-attributes", List).WithTags("Business attributes")
                .Answers(Answer.All("businessAttributes", RestJson.Default.BusinessAttributeResource));
        }
        api.MapGet("/dispositions", Dispositions).WithTags("Business attributes")
            .Answers(Answer.All("dispositions", RestJson.Default.DispositionResource));
    }

    /// <summary>The lists of the contact centre, each with its values.</summary>
    private static ApiAnswer List(ContactCenter center) => ApiAnswer.With(
        "businessAttributes", [.. center.BusinessAttributes.Select(BusinessAttributeResource.Of)],
        RestJson.Default.IReadOnlyListBusinessAttributeResource);

    /// <summary>
    /// What an agent can choose from at the end of a chat. The values of the list that the user's settings name; they have no
    /// addresses, so always in full.
    /// </summary>
    private static ApiAnswer Dispositions(SignedInUser me, DispositionGroups dispositions) => ApiAnswer.With(
        "dispositions", [.. (dispositions.DefaultOf(me.User)?.Values ?? []).Select(DispositionResource.Of)],
        RestJson.Default.IReadOnlyListDispositionResource);
}
