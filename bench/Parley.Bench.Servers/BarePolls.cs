using System.Text;

namespace Parley.Bench.Servers;

/// <summary>
/// The ceiling of customers who poll: any POST is read as a form and answered as a poll of GMS Chat is that brings nothing new.
/// </summary>
internal static class BarePolls
{
    private static readonly byte[] Nothing = Encoding.ASCII.GetBytes(
        """{"statusCode":0,"chatId":"00000a0000000000","chatEnded":false,"userId":"0000000000000000","""
        + """ "secureKey":"00000000000000000000000000000000","alias":"1","nextPosition":3,"messages":[]}""".TrimStart());

    public static void Map(WebApplication app) => app.MapPost("/{**path}", async (HttpContext context) =>
    {
        await context.Request.ReadFormAsync(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = Nothing.Length;
        await context.Response.Body.WriteAsync(Nothing, context.RequestAborted);
    });
}
