using Parley.Bayeux;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Operation.Overload;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>The notification endpoint, and who is told through it.</summary>
internal static class NotificationSetup
{
    private const string Endpoint = Api.Base + "/notifications";

    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<NotificationOptions>("Notifications");
        builder.AddSettings<WireStyle>("Wire");
        builder.Services.AddSingleton<RecentNews>();
        builder.Services.AddSingleton<Telling>();
        builder.Services.AddSingleton<Resume>();
        builder.Services.AddSingleton<IBayeuxPolicy, NotificationPolicy>();
        builder.Services.AddBayeux(bayeux =>
        {
            bayeux.Timeout = TimeSpan.FromMilliseconds(options.TimeoutMs);
            bayeux.MaxInterval = TimeSpan.FromMilliseconds(options.MaxIntervalMs);
            bayeux.MaxQueue = options.MaxQueue;
            bayeux.MaxQueueBytes = options.MaxQueueBytes;
            bayeux.MaxSessionsPerPrincipal = options.MaxSessionsPerUser;
            bayeux.MaxSessions = options.MaxSessions;
            // the whole API has one rule for origins, and what comes here has passed it
            bayeux.AllowOrigin = (_, _) => true;
        });
        builder.Services.AddHearer<Notifier>();
        builder.Services.AddHearer<SignOuts>();
    }

    public static void MapNotifications(this WebApplication app) => app.MapBayeux(Endpoint)
        .WithTags("Notifications").WithoutCounting()
        .WithMetadata(new DescribedBy(typeof(NotificationSetup)), new BayeuxRefusals()).Serves(BayeuxDescription.Paths);
}
