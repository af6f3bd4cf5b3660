using Parley.Server.Customers;
using Parley.Server.Operation.Metrics;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Operation.Overload;

/// <summary>The requests under way, no more of them than may be.</summary>
internal sealed class RequestLoad(OverloadOptions options, Measures measures, TimeProvider time)
{
    private static readonly ApiAnswer TooMany = ApiAnswer.Refused(
        Reason.Unavailable, "The server has too many requests under way; try again in a second.");

    private readonly RequestRate rate = new(time);
    private int underWay;

    public int UnderWay => Volatile.Read(ref underWay);

    public int PerSecond => rate.PerSecond;

    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NotCounted>() is not null)
        {
            await next(context);
            return;
        }
        rate.Count();
        try
        {
            // K21: a page of door A that is answered anything but 200 once polls no more
            var isInTime = Interlocked.Increment(ref underWay) <= options.MaxRequestsUnderWay || IsPollOfPage(context.Request);
            await (isInTime ? next(context) : Refuse(context));
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private static bool IsPollOfPage(HttpRequest request) => HttpMethods.IsGet(request.Method) && GwsChat.Owns(request.Path);

    private Task Refuse(HttpContext context)
    {
        measures.RefusedRequest();
        context.Response.Headers.RetryAfter = "1";
        return TooMany.ExecuteAsync(context);
    }
}

/// <summary>Of an endpoint: its requests are no load, or are held for long, or must always be answered.</summary>
internal sealed class NotCounted
{
    public static readonly NotCounted Mark = new();
}
