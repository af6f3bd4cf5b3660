using System.Text;
using System.Text.Json;
using Parley.Bayeux;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<IBayeuxPolicy, EverybodyListens>();
builder.Services.AddBayeux(options => options.Timeout = TimeSpan.FromSeconds(30));
var app = builder.Build();
app.MapBayeux("/bayeux");
app.MapPost("/news", (BayeuxServer bayeux, JsonElement story) =>
    bayeux.Publish(BayeuxEvent.Create(ChannelName.Parse("/news"), Encoding.UTF8.GetBytes(story.GetRawText()))));
app.Run();

internal sealed class EverybodyListens : IBayeuxPolicy
{
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake) =>
        new(HandshakeVerdict.Accept(handshake.Http.User.Identity?.Name ?? $"guest {Guid.NewGuid()}"));

    public ValueTask<Permission> AuthorizeSubscribe(BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) =>
        new(Permission.Granted);

    public ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message) =>
        new(Permission.Refused);
}
