using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>Faye's client in a browser that has never been here: its WebSocket opens before its handshake is answered.</summary>
public sealed class FayeInPageTests
{
    [Fact]
    [Area("Faye", "integration")]
    public async Task A_WebSocket_opened_before_the_handshake_was_answered_costs_neither_session_nor_subscription()
    {
        // the server brings the order about: the handshake waits for the WebSocket to be asked for, the WebSocket for the session
        var upgrades = 0;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handshaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await ClientScene.Set(
            ClientSettings.Of(ClientMatrix.FayeInChromium, "websocket"), use: app => app.Use(async (context, next) =>
            {
                if (HttpMethods.IsPost(context.Request.Method)) await asked.Task;
                if (context.Request.Headers.Upgrade.Count > 0 && Interlocked.Increment(ref upgrades) == 1)
                {
                    asked.SetResult();
                    await handshaken.Task;
                }

                await next();
            }));
        scene.Host.Server.SessionStarted += _ => handshaken.TrySetResult();

        scene.Client.Tell("subscribe", "/news");
        scene.Client.Tell("handshake");
        await scene.Client.Hears("subscribe true /news");
        var session = scene.Session;
        await Eventually.True(() => Volatile.Read(ref upgrades) == 2 && session.HoldsConnect && scene.Network.WebSockets == 1);
        scene.Publish(1);
        await scene.Client.HearsEvents("/news", 1);
        scene.Client.Tell("publish", "/news", 2);
        await scene.Client.HearsEvents("/news", 2);
        Assert.Same(session, scene.Session);
        Assert.Equal(1, scene.Client.TimesHeard("handshake"));
    }
}
