namespace Parley.Bayeux.Meta;

/// <summary>Who may create, subscribe and publish: the policy first, then the authorizers declared for the channel.</summary>
internal static class Permissions
{
    private const string NotGranted = "denied_by_not_granting";

    /// <summary>
    /// Null if the session may do it, and otherwise why not; creating included where the channel does not exist.
    /// </summary>
    public static async ValueTask<Denial?> Denies(
        BayeuxServer server, ChannelOperation operation, ChannelName name, BayeuxSession session, BayeuxMessage message)
    {
        if (!server.Exists(name))
        {
            var create = name.IsService ? Permission.Granted : await server.Policy.AuthorizeCreate(session, name, message);
            create = await Narrowed(create, server, ChannelOperation.Create, name, session, message);
            if (!create.IsGranted) return new Denial(ChannelOperation.Create, create);
        }

        var permission = name.IsService ? Permission.Granted
            : operation is ChannelOperation.Subscribe ? await server.Policy.AuthorizeSubscribe(session, name, message)
            : await server.Policy.AuthorizePublish(session, name, message);
        permission = await Narrowed(permission, server, operation, name, session, message);
        return permission.IsGranted ? null : new Denial(operation, permission);
    }

    /// <summary>Begins a refusal with whatever the host wants the client to know.</summary>
    public static void BeginDenial(Exchange exchange, BayeuxMessage message, Denial denial, string error)
    {
        var refusal = denial.Permission.Error ?? BayeuxErrors.Denied(error, denial.Permission.Reason!);
        exchange.Server.Telemetry.Refused(refusal);
        exchange.Replies.BeginRefusal(message, refusal);
        exchange.Replies.Member("advice"u8, denial.Permission.Advice);
        exchange.Replies.Ext(denial.Permission.Ext);
    }

    private static async ValueTask<Permission> Narrowed(
        Permission permission, BayeuxServer server, ChannelOperation operation, ChannelName name, BayeuxSession session,
        BayeuxMessage message)
    {
        if (!permission.IsGranted) return permission;

        var (asked, granted) = (false, false);
        foreach (var declaration in server.Channels.Covering(name))
        {
            foreach (var authorizer in declaration.Authorizers)
            {
                asked = true;
                var verdict = await authorizer.Authorize(operation, name, session, message);
                if (verdict.Permission is { IsGranted: false } denied) return denied;
                granted |= verdict.Permission is not null;
            }
        }
        return granted || !asked ? permission : Permission.Denied(NotGranted);
    }
}

/// <summary>Which of the operations was refused, and how.</summary>
internal sealed record Denial(ChannelOperation Operation, Permission Permission);
