using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>Answers that do not get through to the client: it says that they failed, and goes on when they do.</summary>
public sealed class RejectedAnswerTests
{
    [Theory]
    [Area("CometD transports", "Response headers rejected, proxy")]
    [InlineData("cometd-3.1.14", Rejection.HeadersTooLong)]
    [InlineData(ClientMatrix.NewestClient, Rejection.HeadersTooLong)]
    [InlineData(ClientMatrix.NewestClient, Rejection.BadGateway)]
    [InlineData(ClientMatrix.NewestClient, Rejection.PageInstead)]
    [InlineData(ClientMatrix.NewestClient + " in Chromium", Rejection.BadGateway)]
    [InlineData(ClientMatrix.NewestClient + " in Chromium", Rejection.PageInstead)]
    public async Task A_client_reports_what_failed_and_recovers(string client, Rejection rejection)
    {
        var now = rejection;
        await using var scene = await ClientScene.Set(
            ClientSettings.Of(client, "long-polling"), use: app => app.Use((HttpContext context, RequestDelegate next) =>
                HttpMethods.IsPost(context.Request.Method) ? Answer(context, next, now) : next(context)));
        scene.Client.Tell("subscribe", "/news");
        scene.Client.Tell("handshake");
        await scene.Client.Hears("handshake false");

        now = Rejection.None;
        await scene.Client.Hears("handshake true retry");
        await scene.IsConnected();

        now = rejection;
        scene.Client.Tell("publish", "/other", 1);
        await scene.Client.Hears("publish false /other");
        now = Rejection.None;
        scene.Publish(2);
        await scene.Client.HearsEvents("/news", 2);
    }

    private static Task Answer(HttpContext context, RequestDelegate next, Rejection rejection)
    {
        switch (rejection)
        {
            case Rejection.HeadersTooLong: // for Node: it takes 16 KiB
                context.Response.Headers["X-Long"] = new string('x', 20_000);
                return next(context);
            case Rejection.BadGateway:
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return Task.CompletedTask;
            case Rejection.PageInstead:
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync("<h1>Please sign in to this network</h1>");
            default:
                return next(context);
        }
    }
}

/// <summary>What comes instead of the server's answer.</summary>
public enum Rejection
{
    None,

    /// <summary>The answer, with headers that the client does not take.</summary>
    HeadersTooLong,

    /// <summary>A proxy's word that it does not reach the server.</summary>
    BadGateway,

    /// <summary>A proxy's own page, as if it were the answer.</summary>
    PageInstead,
}
