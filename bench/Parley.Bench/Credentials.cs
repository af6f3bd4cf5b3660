using System.Net.Http.Headers;
using System.Text;

namespace Parley.Bench;

/// <summary>How an agent proves who it is: by password first, then by the session cookie it was given.</summary>
internal sealed class Credentials(Login login)
{
    private const string CookieName = "JSESSIONID=";

    private readonly string basic =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.UserName}:{login.Password}"));
    private volatile string? cookie;

    /// <summary>The header to send now: its name and value.</summary>
    public (string Name, string Value) Header => cookie is { } value ? ("Cookie", value) : ("Authorization", basic);

    public void SignRequest(HttpRequestHeaders headers)
    {
        var (name, value) = Header;
        headers.TryAddWithoutValidation(name, value);
    }

    public void ReadCookie(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Set-Cookie", out var cookies)) return;
        if (cookies.FirstOrDefault(text => text.StartsWith(CookieName, StringComparison.Ordinal)) is { } text)
            cookie = text.Split(';')[0];
    }
}
