using Microsoft.AspNetCore.Authentication;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest;

namespace Parley.Server.Accounts;

/// <summary>Sign-in, HTTP sessions, and what keeps foreign sites out.</summary>
internal static class Accounts
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.AddSettings<AccountsOptions>("Accounts");
        var crossOrigin = builder.AddSettings<CrossOriginOptions>("CrossOrigin");
        // the framework's handler says at Information that a request without credentials was refused, every time
        builder.Logging.AddFilter(typeof(SignIn).FullName, LogLevel.Warning);
        builder.Services
            .AddSingleton<PasswordCheck>()
            .AddSingleton(s => new HttpSessions(
                s.GetRequiredService<AccountsOptions>(), s.GetRequiredService<TimeProvider>(), Shared(s)))
            .AddSingleton<SessionCookie>()
            .AddSingleton<Csrf>()
            .AddSingleton<Gate>()
            .AddSingleton<CrossOrigin>()
            .AddCors(cors => cors.AddDefaultPolicy(policy => CrossOrigin.Describe(policy, crossOrigin)))
            .AddAuthentication(SignIn.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SignIn>(SignIn.SchemeName, null);
    }

    /// <summary>What sessions have in common with other nodes; null for a process that has its log to itself.</summary>
    private static SharedSessions? Shared(IServiceProvider services)
    {
        var log = services.GetRequiredService<IEventLog>();
        if (!log.IsShared) return null;
        var board = services.GetRequiredService<INodeBoard>();
        try
        {
            var key = Task.Run(() => board.SecretAsync("http sessions")).GetAwaiter().GetResult();
            return new SharedSessions(
                log, services.GetRequiredService<AgentHost>(), services.GetRequiredService<ContactCenter>(), key);
        }
        catch (LogUnavailableException e)
        {
            throw new StartRefusedException([e.Message]);
        }
    }

    public static void UseAccounts(this WebApplication app)
    {
        var crossOrigin = app.Services.GetRequiredService<CrossOrigin>();
        var gate = app.Services.GetRequiredService<Gate>();
        app.UseWhen(context => Api.Covers(context.Request.Path), api => api.UseCors());
        app.Use(crossOrigin.RefuseForeignPages);
        app.UseAuthentication();
        app.UseWhen(context => Api.Covers(context.Request.Path), api => api.Use(gate.Invoke));
    }
}
