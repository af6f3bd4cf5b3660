using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Hosting;

/// <summary>The running domain without its wire: on a log that the test can break, with a clock that the test moves.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string data = Directory.CreateTempSubdirectory("parley-desk-").FullName;

    private Desk(FragileLog log, ManualTime clock, IHearsCommits? listener, string[] settings)
    {
        (Log, Clock) = (log, clock);
        app = ParleyHost.Build(["--urls", "http://127.0.0.1:0", "--data", data, "--demo", .. settings], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton<IEventLog>(log);
            if (listener is not null) builder.Services.AddSingleton(listener);
        });
        Bob = app.Services.GetRequiredService<ContactCenter>().Users.ByName("agent1")!.Id;
        Carol = app.Services.GetRequiredService<ContactCenter>().Users.ByName("agent2")!.Id;
    }

    public FragileLog Log { get; }

    public ManualTime Clock { get; }

    public ChatHost Chats => app.Services.GetRequiredService<ChatHost>();

    public AgentHost Agents => app.Services.GetRequiredService<AgentHost>();

    public Folds<Chat, ChatEvent> Folds => app.Services.GetRequiredService<Folds<Chat, ChatEvent>>();

    /// <summary>Another part of the running domain.</summary>
    public T The<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public AgentId Bob { get; }

    public AgentId Carol { get; }

    /// <summary>Starts; on the log and clock of an earlier desk it is that desk's server, started again.</summary>
    public static async Task<Desk> Open(
        FragileLog? log = null, ManualTime? clock = null, IHearsCommits? listener = null, params string[] settings)
    {
        var desk = new Desk(log ?? new FragileLog(), clock ?? new ManualTime(), listener, settings);
        await desk.app.StartAsync();
        return desk;
    }

    public async Task<ChatId> Request(string id)
    {
        var request = new RequestChat(
            new ChatId(id), "customer-support", new QueueName("Support"), "Ada", "", "", UserDataRules.Empty);
        Assert.Null((await Chats.Execute(request.Chat, request)).Refused);
        return request.Chat;
    }

    public async Task GoReady(AgentId agent)
    {
        ImmutableArray<(MediaChannel, Presence)> channels = [(MediaChannel.Chat, Presence.Ready)];
        Assert.Null(await Agents.Execute(agent, new StartContactCenterSession(agent, channels)));
        Assert.Null(await Agents.Execute(agent, new ChangePresence(null, _ => Presence.Ready)));
    }

    public async Task<Chat> Until(ChatId chat, Func<Chat, bool> holds)
    {
        await Eventually.True(async () => await Chats.Find(chat) is { } found && holds(found));
        return (await Chats.Find(chat))!;
    }

    /// <summary>Stops the server, once; its log and its clock stay.</summary>
    public async Task Stop()
    {
        if (!Directory.Exists(data)) return;
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    public async ValueTask DisposeAsync() => await Stop();
}
