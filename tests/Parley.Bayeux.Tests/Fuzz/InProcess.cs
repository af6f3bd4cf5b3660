using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>Requests to a server without a network between.</summary>
internal static class InProcess
{
    /// <summary>A request of a signed-in user; its answer is written to <paramref name="answer"/>.</summary>
    public static DefaultHttpContext Request(string user, Stream answer)
    {
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], "test")),
        };
        context.Request.Protocol = "HTTP/1.1";
        context.Response.Body = answer;
        return context;
    }

    public static DefaultHttpContext Post(string user, string payload, Stream answer)
    {
        var context = Request(user, answer);
        context.Request.Method = "POST";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(payload));
        return context;
    }
}

/// <summary>A WebSocket of which a test is the other end.</summary>
internal sealed class InProcessSocket : WebSocket, IHttpWebSocketFeature
{
    private readonly Channel<byte[]> incoming =
        Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    private readonly MemoryStream frame = new();
    private WebSocketState state = WebSocketState.Open;
    private byte[]? reading;
    private int read;
    private volatile bool isIdle;

    /// <summary>What the server sent, each a whole message; the test takes them out.</summary>
    public Channel<byte[]> Frames { get; } = Channel.CreateUnbounded<byte[]>();

    /// <summary>The status the server closed with; null while it has not.</summary>
    public WebSocketCloseStatus? ClosedWith { get; private set; }

    /// <summary>True once the server waits for the next payload.</summary>
    public bool IsIdle => isIdle;

    public bool IsWebSocketRequest => true;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => state;

    public override string? SubProtocol => null;

    public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => Task.FromResult<WebSocket>(this);

    /// <summary>Sends a payload; the server processes it on this thread unless it has to wait for something.</summary>
    public void Say(string payload)
    {
        isIdle = false;
        incoming.Writer.TryWrite(Encoding.UTF8.GetBytes(payload));
    }

    /// <summary>The client closes.</summary>
    public void Close() => incoming.Writer.TryComplete();

    public override void Abort()
    {
        state = WebSocketState.Aborted;
        incoming.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (reading is null)
        {
            var more = incoming.Reader.WaitToReadAsync(cancellationToken);
            if (!more.IsCompleted) isIdle = true;
            if (!await more) return new(0, WebSocketMessageType.Close, true);
            incoming.Reader.TryRead(out reading);
            read = 0;
        }
        var count = Math.Min(buffer.Length, reading!.Length - read);
        reading.AsMemory(read, count).CopyTo(buffer);
        read += count;
        var end = read == reading.Length && buffer.Length > 0;
        if (end) reading = null;
        return new(count, WebSocketMessageType.Text, end);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (state is not WebSocketState.Open) throw new WebSocketException(WebSocketError.InvalidState);
        frame.Write(buffer);
        if (!endOfMessage) return Task.CompletedTask;
        Frames.Writer.TryWrite(frame.ToArray());
        frame.SetLength(0);
        return Task.CompletedTask;
    }

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        (ClosedWith, state) = (closeStatus, WebSocketState.CloseSent);
        incoming.Writer.TryComplete(); // the client answers at once
        return Task.CompletedTask;
    }

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override void Dispose() => Abort();
}
