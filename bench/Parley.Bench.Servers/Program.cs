using Parley.Bayeux;
using Parley.Bench.Servers;

if (args is not [("bayeux" or "kestrel" or "polls") and var mode, var url])
{
    await Console.Error.WriteLineAsync("Parley.Bench.Servers bayeux|kestrel|polls URL");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url);
if (mode == "bayeux")
{
    builder.Services.AddSingleton<IBayeuxPolicy, OpenDoors>();
    builder.Services.AddBayeux(options =>
    {
        // one address plays everybody
        options.MaxSessionsPerAddress = options.MaxSessionsPerPrincipal = options.MaxSessions;
        options.Publishes = options.PublishesPerPrincipal = options.HandshakesPerAddress = new RateLimit(1_000_000, 1_000_000);
    });
}

var app = builder.Build();
if (mode == "bayeux") app.MapBayeux("/bayeux");
else if (mode == "polls") BarePolls.Map(app);
else new BareBroadcast().Map(app);
await app.StartAsync();
ControlLine.Serve();
return 0;
