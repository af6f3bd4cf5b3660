using System.Reflection;
using Microsoft.AspNetCore.Builder;

namespace Parley.Server.Tests.Harness;

/// <summary>The one place where tests know how the program is put together.</summary>
internal static class ServerEntry
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> configure)
    {
        var host = Assembly.Load("Parley.Server").GetType("Parley.Server.ParleyHost", throwOnError: true)!;
        var build = host.GetMethod("Build", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        return (WebApplication)build.Invoke(null, [args, configure])!;
    }
}
