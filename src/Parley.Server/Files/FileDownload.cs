namespace Parley.Server.Files;

/// <summary>The content of a file, so that a browser saves it and never shows or runs it.</summary>
internal sealed class FileDownload(Stream content, string name, string mediaType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var bytes = content;
        var response = httpContext.Response;
        response.ContentType = FileType.Served(mediaType);
        response.ContentLength = content.Length;
        response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await content.CopyToAsync(response.Body, httpContext.RequestAborted);
    }
}
