using Parley.Server.Accounts;
using Parley.Server.Rest;

namespace Parley.Server.Notifications;

/// <summary>What is remembered of whoever opened a notification session.</summary>
/// <param name="Links">The server's address as the listener wrote it in the handshake.</param>
/// <param name="Session">The HTTP session in which the handshake came.</param>
internal sealed record Listener(Links Links, HttpSession Session);
