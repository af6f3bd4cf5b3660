using Microsoft.AspNetCore.Authentication;
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
            .AddSingleton<HttpSessions>()
            .AddSingleton<SessionCookie>()
            .AddSingleton<Csrf>()
            .AddSingleton<Gate>()
            .AddSingleton<CrossOrigin>()
            .AddCors(cors => cors.AddDefaultPolicy(policy => CrossOrigin.Describe(policy, crossOrigin)))
            .AddAuthentication(SignIn.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SignIn>(SignIn.SchemeName, null);
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
