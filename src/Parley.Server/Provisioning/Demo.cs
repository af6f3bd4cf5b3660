using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Parley.Server.Provisioning;

/// <summary>The demonstration contact centre, and what it says to somebody who has just started it.</summary>
internal static class Demo
{
    public const string Resource = "Parley.Server.contact-center.demo.json";

    /// <summary>Prints, once the server listens, what to try first; nothing unless this is the demonstration.</summary>
    public static void Announce(WebApplication app)
    {
        if (!app.Services.GetRequiredService<ProvisioningOptions>().Demo) return;
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
            if (addresses?.Addresses.FirstOrDefault() is { } address) Console.Out.WriteLine(Hints(address));
        });
    }

    public static string Hints(string address) => $$"""

        Parley, demonstration contact centre, at {{address}} (this machine only)
          agents agent1/secret1, agent2/secret2, agent3/secret3; supervisor1, supervisor2/secret1; admin/secret1

        Sign in as an agent and become ready:
          curl -u agent1:secret1 '{{address}}/api/v2/me?subresources=*'
          curl -u agent1:secret1 {{address}}/api/v2/me -H 'Content-Type: application/json' \
               -d '{"operationName":"StartContactCenterSession","channels":["chat"]}'
          curl -u agent1:secret1 {{address}}/api/v2/me -H 'Content-Type: application/json' -d '{"operationName":"Ready"}'

        Be a customer, then look at the agent's chats:
          curl {{address}}/genesys/2/chat/customer-support -d nickname=Pat -d subject=Hello
          curl -u agent1:secret1 '{{address}}/api/v2/me/chats?fields=*'

        """;
}
