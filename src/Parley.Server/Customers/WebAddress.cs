namespace Parley.Server.Customers;

/// <summary>Links that may be handed to a browser: what is neither http nor https could run in the page.</summary>
internal static class WebAddress
{
    public static bool IsForBrowsers(string url) =>
        !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
        && parsed.Host.Length > 0;
}
