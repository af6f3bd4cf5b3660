namespace Parley.Bench;

/// <summary>Takes the bytes of one payload that the server sent; they are the transport's again when it returns.</summary>
internal delegate void PayloadReader(ReadOnlySpan<byte> payload);

/// <summary>A way for Bayeux payloads to the server and back.</summary>
internal interface IBayeuxTransport : IAsyncDisposable
{
    /// <summary>The name to give in <c>supportedConnectionTypes</c> and <c>connectionType</c>.</summary>
    string Name { get; }

    /// <summary>Opens the way; from now on every payload of the server is read.</summary>
    Task OpenAsync(PayloadReader read, CancellationToken cancel);

    /// <summary>Sends one payload. What the server answers is read, now or later.</summary>
    /// <exception cref="IOException">The server did not take it.</exception>
    Task SendAsync(byte[] payload, CancellationToken cancel);
}
