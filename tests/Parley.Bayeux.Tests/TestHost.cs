using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>A Kestrel of its own on a free port, with the library in it and a clock the test may own.</summary>
/// <remarks>A request is signed in as what its <c>X-User</c> header says.</remarks>
public sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ErrorLog errors;

    private TestHost(WebApplication app, Uri address, ErrorLog errors)
    {
        this.app = app;
        this.errors = errors;
        Address = address;
        Server = app.Services.GetRequiredService<BayeuxServer>();
        Policy = (OpenPolicy)app.Services.GetRequiredService<IBayeuxPolicy>();
        Http = NewHttp();
    }

    public Uri Address { get; }

    public Uri WebSocketAddress => new($"{(Address.Scheme == "https" ? "wss" : "ws")}://{Address.Authority}/bayeux");

    public BayeuxServer Server { get; }

    public OpenPolicy Policy { get; }

    public HttpClient Http { get; }

    /// <summary>What was logged as an error: exceptions that reached a handler.</summary>
    public IReadOnlyCollection<string> Errors => errors.Lines;

    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="configure">The endpoint's options.</param>
    /// <param name="build">What else the application is built of.</param>
    /// <param name="use">The middleware before the endpoint.</param>
    public static async Task<TestHost> Start(
        TimeProvider? time = null, Action<BayeuxOptions>? configure = null, Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var errors = new ErrorLog();
        builder.Logging.ClearProviders().AddProvider(errors).SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IBayeuxPolicy>(new OpenPolicy());
        builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderUser>("header", null);
        builder.Services.AddBayeux(configure);
        build?.Invoke(builder);

        var app = builder.Build();
        use?.Invoke(app);
        app.UseAuthentication();
        app.MapBayeux("/bayeux");
        await app.StartAsync();
        return new TestHost(app, new Uri(app.Urls.First() + "/bayeux"), errors);
    }

    /// <summary>Another browser: a client with a cookie jar of its own.</summary>
    public HttpClient NewHttp() =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address, Timeout = Patience };

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The session of the only client without a name.</summary>
    public BayeuxSession Session => Server.SessionsOf("anonymous").Single();

    /// <summary>A service of the application, registered under that name.</summary>
    public T Service<T>(string name)
        where T : notnull => app.Services.GetRequiredKeyedService<T>(name);

    public static BayeuxEvent Event(string channel, object? data) =>
        BayeuxEvent.Create(ChannelName.Parse(channel), JsonSerializer.SerializeToUtf8Bytes(data));

    public void Publish(string channel, object? data) => Server.Publish(Event(channel, data));

    public Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using (var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200))) await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }

    private sealed class HeaderUser(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-User"] is not [{ Length: > 0 } name]) return Task.FromResult(AuthenticateResult.NoResult());
            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "header"));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, "header")));
        }
    }
}

/// <summary>Keeps what is logged as an error.</summary>
internal sealed class ErrorLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
        // nothing is held
    }
}

/// <summary>Lets everybody in and refuses only what a test names.</summary>
public sealed class OpenPolicy : IBayeuxPolicy
{
    public bool DeniesHandshakes { get; set; }

    public HashSet<string> Denied { get; } = [];

    /// <summary>The <c>ext</c> of the last handshake.</summary>
    public string LastExt { get; private set; } = "";

    /// <summary>Decides on handshakes instead.</summary>
    public Func<BayeuxMessage, ValueTask<HandshakeVerdict>>? Handshakes { get; set; }

    /// <summary>Decides on channels instead; null where it does not care.</summary>
    public Func<ChannelOperation, string, ValueTask<Permission>?> Decides { get; set; } = (_, _) => null;

    public ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake)
    {
        LastExt = System.Text.Encoding.UTF8.GetString(handshake.Ext.Span);
        if (Handshakes is { } decide) return decide(handshake);
        var name = handshake.Http.User.Identity?.Name ?? "anonymous";
        return new(DeniesHandshakes ? HandshakeVerdict.Deny() : HandshakeVerdict.Accept(name));
    }

    public ValueTask<Permission> AuthorizeCreate(BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) =>
        Decides(ChannelOperation.Create, channelOrPattern.Text) ?? new(Permission.Granted);

    public ValueTask<Permission> AuthorizeSubscribe(BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) =>
        Decides(ChannelOperation.Subscribe, channelOrPattern.Text) ?? Listed(channelOrPattern);

    public ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message) =>
        Decides(ChannelOperation.Publish, channel.Text) ?? Listed(channel);

    private ValueTask<Permission> Listed(ChannelName name) =>
        new(Denied.Contains(name.Text) ? Permission.Refused : Permission.Granted);
}
