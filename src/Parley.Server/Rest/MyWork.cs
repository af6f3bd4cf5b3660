using System.Collections.Immutable;
using Parley.Agents;
using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Hosting;
using Parley.Server.Notifications;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>POST /api/v2/me</c> and <c>/me/channels/{channel}</c>: the agent's working day.</summary>
/// <remarks>Source: StartContactCenterSession, EndContactCenterSession, SettingAgentStateChannel.</remarks>
internal sealed class MyWork(
    ContactCenter center, AgentHost agents, CommandLog log, StateOperations states, HttpSessions sessions, SessionCookie cookie,
    Notifier notifier, ChatsOptions options)
{
    private const string AutoReady = "login.chat.is-auto-ready";

    public static void Map(IEndpointRouteBuilder api, MyWork work)
    {
        api.MapPost("/me", (RequestBody body, SignedInUser me, HttpContext context) => work.Operate(body, me, context))
            .WithTags("Me").WithSummary("Begins or ends the contact-centre session, or changes the state of all its channels.")
            .Takes(OperationBodies.OfSessions).Answers(Answer.Nothing);
        api.MapPost("/me/channels/{channel}", (string channel, RequestBody body, SignedInUser me) =>
            work.Change(new MediaChannel(channel), body, me))
            .WithTags("Me").WithSummary("Changes the state of one channel.").Asks("channel", Me.ChannelMeaning)
            .Takes(OperationBodies.OfStates).Answers(Answer.Nothing);
    }

    private Task<ApiAnswer> Operate(RequestBody body, SignedInUser me, HttpContext context)
    {
        var name = body.RequiredText("operationName");
        if (body.Refused is { } unnamed) return Task.FromResult(ApiAnswer.Refused(unnamed));
        return name switch
        {
            nameof(StartContactCenterSession) => Start(body, me),
            nameof(EndContactCenterSession) => End(me, context),
            _ => Change(null, body, me),
        };
    }

    /// <summary>
    /// Opens the channels that the centre has. Media it does not have are passed over as long as one of those asked for is
    /// opened: a desktop that asks for voice as well takes anything but 0 for a failure.
    /// </summary>
    private async Task<ApiAnswer> Start(RequestBody body, SignedInUser me)
    {
        var asked = body.Texts("channels") ?? [MediaChannel.Chat.Name];
        var place = body.BoundedText("place", options.MaxNameLength);
        if (body.Refused is { } refused) return ApiAnswer.Refused(refused);
        if (me.User.Roles.All(r => r == Role.ApiUser))
            return ApiAnswer.Refused(Reason.NotPermitted, "An API user has no contact-centre session.");
        if (!asked.Contains(MediaChannel.Chat.Name) || !(center.Has(Feature.Multimedia) || center.Has(Feature.MultimediaChat)))
            return ApiAnswer.Refused(Reason.NotFound, "None of the channels is available.");

        if (!agents.Find(me.Id).InSession) log.RestartReferences(me.Id);
        ImmutableArray<(MediaChannel, Presence)> channels =
            [(MediaChannel.Chat, IsAutoReady(me.User) ? Presence.Ready : Presence.NotReady)];
        var operation = new StartContactCenterSession(me.Id, channels, place);
        return ApiAnswer.From(await agents.Execute(me.Id, operation, new Asked(me.Id)));
    }

    /// <summary>Logs the user out of all channels; the HTTP session, and what listens in it, ends with this answer.</summary>
    private async Task<ApiAnswer> End(SignedInUser me, HttpContext context)
    {
        var wasWorking = agents.Find(me.Id).InSession;
        me.Session.IsOver = true;
        var logOut = new EndContactCenterSession(SessionEndReason.LoggedOut);
        if (await agents.Execute(me.Id, logOut, new Asked(me.Id)) is { } refused)
        {
            me.Session.IsOver = false;
            return ApiAnswer.Refused(refused);
        }
        if (await sessions.SignOutElsewhere(me.Session) is { } remains)
        {
            me.Session.IsOver = false;
            return ApiAnswer.Refused(remains);
        }
        if (!wasWorking) notifier.Dismiss(me.Id);
        sessions.End(me.Session);
        cookie.TakeBack(context);
        return ApiAnswer.Ok;
    }

    private async Task<ApiAnswer> Change(MediaChannel? channel, RequestBody body, SignedInUser me)
    {
        var (operation, refused) = states.Read(channel, body);
        return ApiAnswer.From(refused ?? await agents.Execute(me.Id, operation!, new Asked(me.Id)));
    }

    private static bool IsAutoReady(User user) =>
        user.DesktopSetting(AutoReady)?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;
}
