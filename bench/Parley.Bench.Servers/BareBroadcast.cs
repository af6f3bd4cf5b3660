using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace Parley.Bench.Servers;

/// <summary>
/// The ceiling: WebSockets on Kestrel with no protocol on top. A text that starts with <c>*</c> goes to everybody else, any other
/// to the partner, who is the one with the number that differs in the last bit.
/// </summary>
internal sealed class BareBroadcast
{
    private const int LargestMessage = 4096;

    private readonly ConcurrentDictionary<int, Member> members = new();
    private volatile Member[]? everybody;

    public void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/members/{number:int}", async (HttpContext context, int number) =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var member = new Member(number, socket);
            members[number] = member;
            everybody = null;
            try
            {
                await Listen(member);
            }
            catch (WebSocketException)
            {
                // gone without a word
            }
            finally
            {
                members.TryRemove(number, out _);
                everybody = null;
            }
        });
    }

    private async Task Listen(Member member)
    {
        while (true)
        {
            // A read of nothing waits without a buffer.
            var begin = await member.Socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (begin.MessageType is WebSocketMessageType.Close) break;

            var buffer = ArrayPool<byte>.Shared.Rent(LargestMessage);
            var length = 0;
            for (var end = begin.EndOfMessage; !end;)
            {
                var part = await member.Socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                end = part.EndOfMessage;
            }
            var message = buffer.AsSpan(0, length).ToArray();
            ArrayPool<byte>.Shared.Return(buffer);
            if (message is [(byte)'*', ..]) Broadcast(member, message);
            else if (members.TryGetValue(member.Number ^ 1, out var partner)) _ = partner.Send(message);
        }
        await member.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private void Broadcast(Member from, byte[] message)
    {
        foreach (var member in everybody ??= [.. members.Values])
            if (member != from) _ = member.Send(message);
    }

    /// <summary>One WebSocket and the queue for it: whoever waits to send.</summary>
    private sealed class Member(int number, WebSocket socket) : IDisposable
    {
        private readonly SemaphoreSlim sending = new(1, 1);

        public int Number => number;

        public WebSocket Socket => socket;

        public async Task Send(ReadOnlyMemory<byte> message)
        {
            await sending.WaitAsync();
            try
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException)
            {
                // its own loop notices
            }
            finally
            {
                sending.Release();
            }
        }

        public void Dispose() => sending.Dispose();
    }
}
