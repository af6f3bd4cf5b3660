using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>What is remembered of whoever opened a notification session.</summary>
/// <param name="Uris">The server's address as the listener wrote it in the handshake.</param>
internal sealed record Listener(WireUris Uris);
