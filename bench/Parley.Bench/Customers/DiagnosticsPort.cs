using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Parley.Bench.Customers;

/// <summary>
/// The port that every .NET process offers to debugging tools of its own user. Here it only has garbage collected, which the
/// runtime does for everybody who wants to be told of the heap.
/// </summary>
/// <remarks>The protocol: "Diagnostic IPC Protocol" in the documentation of dotnet/diagnostics.</remarks>
internal static class DiagnosticsPort
{
    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const ulong CollectHeap = 0x800000;
    private const byte EventPipe = 2, StopTracing = 1, CollectTracing = 2;
    private const int HeadLength = 20;

    /// <summary>Has a process collect all its garbage once.</summary>
    /// <exception cref="IOException">The process is not there or does not understand.</exception>
    public static void CollectGarbage(int pid)
    {
        try
        {
            using var tracing = Open(pid);
            var session = BinaryPrimitives.ReadUInt64LittleEndian(Ask(tracing, CollectTracing, WhatToTrace()));
            var rest = Task.Run(() => Drain(tracing));
            using var stopping = Open(pid);
            var which = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(which, session);
            Ask(stopping, StopTracing, which);
            rest.Wait();
        }
        catch (SocketException gone)
        {
            throw new IOException("the diagnostics port does not answer: " + gone.Message);
        }
    }

    private static NetworkStream Open(int pid)
    {
        var mask = string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{pid}-*-socket");
        // a process that was killed has left its own behind, and its number may be another's now
        var path = Directory.EnumerateFiles(Path.GetTempPath(), mask).MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new IOException("the process has no diagnostics port");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static byte[] Ask(NetworkStream port, byte command, byte[] payload)
    {
        var message = new byte[HeadLength + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        (message[16], message[17]) = (EventPipe, command);
        payload.CopyTo(message, HeadLength);
        port.Write(message);

        var head = new byte[HeadLength];
        port.ReadExactly(head);
        var answer = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(14)) - HeadLength];
        port.ReadExactly(answer);
        return head[17] == 0 ? answer : throw new IOException("the diagnostics port refuses");
    }

    private static byte[] WhatToTrace()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.Unicode);
        writer.Write(1); // megabytes of events that may wait
        writer.Write(1); // the format "nettrace"
        writer.Write(1); // one provider follows
        writer.Write(CollectHeap);
        writer.Write(4); // level: informational
        writer.Write(Provider.Length + 1);
        writer.Write((Provider + '\0').ToCharArray());
        writer.Write(0); // no filter
        writer.Flush();
        return bytes.ToArray();
    }

    private static void Drain(NetworkStream events)
    {
        var buffer = new byte[65_536];
        while (events.Read(buffer) > 0)
        {
            // nobody wants them
        }
    }
}
