using Parley.Client;

namespace Parley.Simulator.Customers;

/// <summary>A customer's way into one chat; what it is told goes to the customer's <see cref="Hearing"/>.</summary>
internal interface IDoor : IAsyncDisposable
{
    /// <summary>Asks for a chat.</summary>
    Task<Reply> BeginAsync(string nickname);

    /// <param name="key">The same for each try of one text.</param>
    Task<Reply> SendAsync(string text, string key);

    Task<Reply> StartTypingAsync();

    Task<Reply> StopTypingAsync();

    Task<Reply> LeaveAsync();

    /// <summary>Listens until the chat is over and everything was told.</summary>
    Task ListenAsync();

    /// <summary>The connection is lost, and found again.</summary>
    void LoseConnection();
}
