using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>A host whose every part grants, denies, vetoes, dawdles or throws as chance has it.</summary>
internal sealed class CapriciousHost(Random random) : BayeuxExtension, IBayeuxPolicy, IChannelAuthorizer
{
    /// <summary>Off, it lets everything pass.</summary>
    public bool IsCapricious { get; set; } = true;

    /// <summary>How many exceptions it has thrown.</summary>
    public int Thrown { get; private set; }

    public async ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake)
    {
        await Dawdle();
        var ext = Next(4) == 0 ? new JsonObject { ["told"] = 1 } : null;
        return Says(20) ? HandshakeVerdict.Deny(ext) : HandshakeVerdict.Accept(handshake.Http.User.Identity!.Name!, null, ext);
    }

    public async ValueTask<Permission> AuthorizeCreate(
        BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message)
    {
        await Dawdle();
        return Says(20) ? Permission.Denied("closed") : Permission.Granted;
    }

    public async ValueTask<Permission> AuthorizeSubscribe(
        BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message)
    {
        await Dawdle();
        return Says(20) ? Permission.Refused : Permission.Granted;
    }

    public ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message)
    {
        Throw();
        return new(Says(20) ? Permission.Denied("closed", new JsonObject { ["why"] = "so" }) : Permission.Granted);
    }

    public ValueTask<AuthorizerVerdict> Authorize(
        ChannelOperation operation, ChannelName channelOrPattern, BayeuxSession session, BayeuxMessage message)
    {
        Throw();
        return new(Next(3) == 0 ? AuthorizerVerdict.Ignore : AuthorizerVerdict.Grant);
    }

    public async ValueTask<bool> Listen(BayeuxMessage message)
    {
        await Dawdle();
        if (message is { Id: not null, Session: not null } && Next(3) == 0) message.Answer("\"answer\""u8);
        return !Says(20);
    }

    public QueueVerdict WhenQueueFull(BayeuxSession session, BayeuxEvent evt)
    {
        Throw();
        return (QueueVerdict)Next(3);
    }

    /// <summary>A handler of the host's, of whatever is told.</summary>
    public void Hear() => Throw();

    protected internal override ValueTask<bool> Incoming(BayeuxMessage message)
    {
        Throw();
        message.Note(this, "noted");
        return new(!Says(12));
    }

    protected internal override void OutgoingReply(BayeuxReply reply)
    {
        Throw();
        if (Next(10) == 0) reply.AddExt("seen", (string?)reply.NoteOf(this));
        if (Next(10) == 0) reply.SetTimestamp("now");
    }

    protected internal override BayeuxEvent? OutgoingEvent(BayeuxEvent evt, BayeuxSession? receiver)
    {
        Throw();
        return Says(40) ? null : Next(10) == 0 ? evt.With("timestamp", "now") : evt;
    }

    private int Next(int most)
    {
        lock (random) return random.Next(most);
    }

    private bool Says(int oneOf) => IsCapricious && Next(oneOf) == 0;

    private void Throw()
    {
        if (!Says(150)) return;
        Thrown++;
        throw new InvalidOperationException("The host has a bug.");
    }

    private async ValueTask Dawdle()
    {
        if (IsCapricious && Next(30) == 0) await Task.Yield();
        Throw();
    }
}
