using Microsoft.AspNetCore.HttpOverrides;
using Parley.Server.Accounts;
using Parley.Server.Hosting;

namespace Parley.Server.Rest;

/// <summary>The agent API over HTTP, and what holds for every answer.</summary>
internal static class Rest
{
    public static void AddRest(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<RestOptions>("Rest");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes);
        builder.Services.AddSingleton<Api>();
        builder.AddSettings<ChatsOptions>("Chats");
        builder.Services.AddSingleton<AgentDesk>();
        builder.Services.AddSingleton<ChatParameters>();
        builder.Services.AddSingleton<TransferTargets>();
        builder.Services.AddSingleton<ChatSupervision>();
        builder.Services.AddSingleton<UserChats>();
        builder.Services.AddSingleton<Availability>();
        builder.Services.AddSingleton<ChatOperations>();
        builder.Services.AddSingleton<InteractionOperations>();
        builder.Services.AddSingleton<StateOperations>();
        builder.Services.AddSingleton<MyWork>();
        builder.Services.AddSingleton<UserChannels>();
        builder.Services.AddSingleton<HistoryParameters>();
        builder.Services.AddSingleton<UcsHistory>();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // the setting says that whoever connects is the proxy
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
        });
    }

    public static void UseRest(this WebApplication app)
    {
        if (app.Services.GetRequiredService<RestOptions>().TrustForwardedHeaders) app.UseForwardedHeaders();
        app.Use(app.Services.GetRequiredService<Api>().Invoke);
        // after this, so that paths without an endpoint and bugs in endpoints are both answered above
        app.UseRouting();
    }

    public static void MapRest(this WebApplication app)
    {
        var api = app.MapApi();
        api.MapMe();
        MyWork.Map(api, app.Services.GetRequiredService<MyWork>());
        api.MapMyChats();
        app.MapMyInteractions(api);
        UserChats.Map(api, app.Services.GetRequiredService<UserChats>());
        api.MapUsers();
        UserChannels.Map(api, app.Services.GetRequiredService<UserChannels>());
        api.MapGroups();
        api.MapSkills();
        api.MapQueues();
        api.MapContacts();
        UcsHistory.Map(api, app.Services.GetRequiredService<UcsHistory>());
        app.MapBusinessAttributes(api);
        api.MapSettings();
        api.MapFeatures();
        api.MapDiagnostics();
        api.MapLogin();
    }

    /// <summary>
    /// A group of endpoints, under <c>/api/v2</c> if not said otherwise: signed in, with a readable body and a well-formed
    /// selection where one is asked for.
    /// </summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string root = Api.Base) =>
        app.MapGroup(root).RequireSignIn()
            .AddEndpointFilter(RequestBody.AnswerUnreadable)
            .AddEndpointFilter(Selection.AnswerMalformed)
            .AddEndpointFilter(NoteAgent);

    /// <summary>A request is a sign that the agent is there.</summary>
    private static ValueTask<object?> NoteAgent(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (SignedInUser.Of(context.HttpContext) is { } me)
            context.HttpContext.RequestServices.GetRequiredService<AgentPresence>().Note(me.Id);
        return next(context);
    }
}
