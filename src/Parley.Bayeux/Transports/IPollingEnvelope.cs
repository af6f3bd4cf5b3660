using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Transports;

/// <summary>How one kind of polling packs payloads into requests and answers; all else is <see cref="HttpPolling"/>.</summary>
internal interface IPollingEnvelope
{
    string ConnectionType { get; }

    /// <summary>True if events travel with the answers to connects only, and not with those to other messages.</summary>
    bool DeliversWithConnectsOnly { get; }

    /// <summary>Reads the messages of a request, whose memory is <paramref name="payload"/>'s; or says what is wrong.</summary>
    ValueTask<HttpRefusal?> Read(HttpContext context, PooledBuffer payload, List<BayeuxMessage> messages);

    /// <summary>Sets the headers of an answer.</summary>
    void Describe(HttpResponse response);

    /// <summary>Writes the body of an answer: events first, then replies.</summary>
    void Write(PooledBuffer body, TakenEvents events, ReplyBuffer replies);
}
