using System.Text.Json.Nodes;
using Parley.Bayeux;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Operation.Overload;

namespace Parley.Server.Customers;

/// <summary>The CometD endpoints of customers, and who listens there.</summary>
internal static class GmsCometdSetup
{
    /// <summary>The name of the customers' Bayeux server, by which measurements know it.</summary>
    public const string Server = "customers";

    public static void AddGmsCometd(this WebApplicationBuilder builder, CustomersOptions customers)
    {
        var options = builder.AddSettings<GmsCometdOptions>("GmsCometd");
        builder.Services.AddKeyedSingleton<IBayeuxPolicy, GmsCometdPolicy>(Server);
        builder.Services.AddBayeux(Server, bayeux =>
        {
            bayeux.Timeout = TimeSpan.FromMilliseconds(options.TimeoutMs);
            bayeux.Interval = TimeSpan.FromMilliseconds(options.IntervalMs);
            bayeux.MaxInterval = TimeSpan.FromMilliseconds(options.MaxIntervalMs);
            bayeux.MaxSessions = options.MaxSessions;
            bayeux.MaxSessionsPerAddress = options.MaxSessionsPerAddress;
            bayeux.HandshakesPerAddress = new RateLimit(options.HandshakesPerSecond, 10 * options.HandshakesPerSecond);
            bayeux.Publishes = new RateLimit(options.PublishesPerSecond, 10 * options.PublishesPerSecond);
            bayeux.MaxMessageSize = bayeux.MaxPublishSize = customers.MaxBodyBytes;
            bayeux.MaxMessagesPerPayload = options.MaxMessagesPerRequest;
            bayeux.MaxQueue = options.MaxQueue;
            bayeux.MaxQueueBytes = options.MaxQueueBytes;
            bayeux.BrowserCookie = new CrossSiteCookie
            {
                Name = "BAYEUX_BROWSER", Path = "/", HttpOnly = true, IsEssential = true,
            };
            bayeux.BrowserCookieIsOptional = true;
            bayeux.UnknownSessionError = "402::Unknown client";
            bayeux.AlwaysAdviseHandshake = true;
            bayeux.AllowOrigin = (http, origin) => CustomerOrigins.Admits(http, origin, customers);
        });
        builder.Services.AddSingleton<GmsCometd>();
        builder.Services.AddSingleton<GmsFarewell>();
        builder.Services.AddHearer<GmsBindings>();
    }

    public static void MapGmsCometd(this WebApplication app, CustomersOptions customers)
    {
        var server = app.Services.GetRequiredKeyedService<BayeuxServer>(Server);
        server.Channels.Listen(GmsCometd.Channels, app.Services.GetRequiredService<GmsCometd>().Hear);
        var farewell = app.Services.GetRequiredService<GmsFarewell>();
        server.SessionStarted += session =>
        {
            session.Use(farewell);
            GmsCometd.DeliverInOrder(session, DeliveryOver.Polls);
        };
        foreach (var prefix in customers.Prefixes)
        {
            app.MapBayeux($"/{prefix}/cometd", Server).WithTags(GmsDescription.Tag).WithoutCounting()
                .WithMetadata(new DescribedBy(typeof(GmsCometdSetup)), new BayeuxRefusals()).Serves(BayeuxDescription.Paths);
        }
    }

    /// <summary>
    /// The browser cookie as pages of other sites need it, who embed widgets: over TLS alone, for browsers take it so from
    /// nowhere else.
    /// </summary>
    private sealed class CrossSiteCookie : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var cookie = base.Build(context, expiresFrom);
            cookie.Secure = context.Request.IsHttps;
            cookie.SameSite = context.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Unspecified;
            if (context.Request.IsHttps) cookie.Extensions.Add("Partitioned");
            return cookie;
        }
    }
}
