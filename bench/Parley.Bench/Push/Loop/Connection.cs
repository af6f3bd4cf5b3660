using System.Net;
using System.Net.Sockets;

namespace Parley.Bench.Push.Loop;

/// <summary>One TCP connection in the loop. It keeps bytes only while a message is incomplete or cannot be sent.</summary>
#pragma warning disable CA1001 // closing it disposes the socket, and the loop closes what is left
internal abstract class Connection
#pragma warning restore CA1001
{
    private readonly EventLoop loop;
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int descriptor;
    private readonly int tag;
    private byte[] unread = [];
    private byte[] unsent = [];

    protected Connection(EventLoop loop, IPEndPoint server)
    {
        this.loop = loop;
        socket.NoDelay = true;
        socket.LingerState = new LingerOption(true, 0); // thousands of closed connections must not keep their ports
        socket.Connect(server);
        socket.Blocking = false;
        descriptor = (int)socket.Handle;
        tag = loop.Add(this, descriptor);
    }

    public bool IsClosed { get; private set; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed) return;
        if (unsent.Length > 0)
        {
            unsent = [.. unsent, .. bytes];
            return;
        }
        var sent = socket.Send(bytes, SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) Lose(error.ToString());
        else if (sent < bytes.Length) Keep(bytes[sent..]);
    }

    /// <summary>Ends the connection without a word to anybody.</summary>
    public void Close()
    {
        if (IsClosed) return;
        IsClosed = true;
        loop.Remove(descriptor, tag);
        socket.Dispose();
    }

    internal void Writable()
    {
        var waiting = unsent;
        unsent = [];
        loop.WatchWriting(descriptor, tag, false);
        Send(waiting);
    }

    internal void Readable(byte[] buffer)
    {
        unread.CopyTo(buffer, 0);
        var count = socket.Receive(buffer.AsSpan(unread.Length), SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock) return;
        if (error is not SocketError.Success || count == 0)
        {
            Lose(error is SocketError.Success ? "closed by the server" : error.ToString());
            return;
        }

        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, unread.Length + count);
        while (bytes.Length > 0 && !IsClosed && ReadMessage(bytes) is > 0 and var read) bytes = bytes[read..];
        unread = bytes.Length == 0 || IsClosed ? [] : bytes.ToArray();
    }

    /// <summary>Handles the first message of these bytes; answers its length, or 0 if it is incomplete.</summary>
    protected abstract int ReadMessage(ReadOnlySpan<byte> bytes);

    /// <summary>The connection went away, and nobody here had closed it.</summary>
    protected abstract void Lost(string how);

    private void Keep(ReadOnlySpan<byte> rest)
    {
        unsent = rest.ToArray();
        loop.WatchWriting(descriptor, tag, true);
    }

    private void Lose(string how)
    {
        if (IsClosed) return;
        Close();
        Lost(how);
    }
}
