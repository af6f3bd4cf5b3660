using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Parley.Bench.Push.Loop;

/// <summary>Linux's readiness notification, level-triggered: which of many sockets can be read or written.</summary>
internal sealed partial class Epoll : IDisposable
{
    public const uint CanRead = 0x001;
    public const uint CanWrite = 0x004;

    private const int MostEvents = 512;
    private const int Add = 1;
    private const int Remove = 2;
    private const int Change = 3;
    private const int Interrupted = 4;

    // struct epoll_event is packed on x86-64 only
    private static readonly int DataAt = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataAt + 8;

    private readonly int handle = Checked(Create(0));
    private readonly byte[] events = new byte[MostEvents * EventSize];

    /// <summary>Watches a file descriptor; <paramref name="tag"/> says which it is when something happens.</summary>
    public void Watch(int descriptor, uint interest, int tag) => Apply(Add, descriptor, interest, tag);

    public void Rewatch(int descriptor, uint interest, int tag) => Apply(Change, descriptor, interest, tag);

    public void Forget(int descriptor) => Apply(Remove, descriptor, 0, 0);

    /// <summary>Waits until something happens or the time is over; answers how many events there are.</summary>
    /// <param name="until">A <see cref="Stopwatch"/> timestamp.</param>
    public int Wait(long until)
    {
        var left = Math.Max(0, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), until).Ticks);
        var patience = new Timespec(left / TimeSpan.TicksPerSecond, left % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        var count = Await(handle, ref events[0], MostEvents, in patience, 0);
        if (count < 0 && Marshal.GetLastPInvokeError() == Interrupted) return 0;
        return Checked(count);
    }

    /// <summary>The tag of an event and what can be done; both bits are set on a socket that failed.</summary>
    public (int Tag, bool CanRead, bool CanWrite) this[int index]
    {
        get
        {
            var e = events.AsSpan(index * EventSize, EventSize);
            var ready = BinaryPrimitives.ReadUInt32LittleEndian(e);
            return (BinaryPrimitives.ReadInt32LittleEndian(e[DataAt..]), (ready & ~CanWrite) != 0, (ready & CanWrite) != 0);
        }
    }

    public void Dispose() => Checked(Close(handle));

    private void Apply(int operation, int descriptor, uint interest, int tag)
    {
        Span<byte> e = stackalloc byte[EventSize];
        e.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(e, interest);
        BinaryPrimitives.WriteInt32LittleEndian(e[DataAt..], tag);
        Checked(Control(handle, operation, descriptor, ref e[0]));
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, ref byte e);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int Await(int epoll, ref byte events, int most, in Timespec patience, nint signals);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Timespec(long Seconds, long Nanoseconds);
}
