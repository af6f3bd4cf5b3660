using System.Runtime.InteropServices;

namespace Parley.Log.Tests.Sqlite.PowerLoss;

/// <summary>
/// A layer between SQLite and the disk of this process that records what becomes of files and of names of files, and when
/// either is
/// flushed. The files are those of SQLite's own layer beneath.
/// </summary>
internal static unsafe class RecordingVfs
{
    private static DiskRecorder recorder = null!;
    private static SqliteVfs* real;
    private static delegate* unmanaged<byte*, int*, int> openDirectory;

    /// <summary>From here on every database of this process is recorded.</summary>
    public static void Install(DiskRecorder to)
    {
        recorder = to;
        real = SqliteVfs.Find(null);
        var mine = (SqliteVfs*)NativeMemory.Alloc((nuint)sizeof(SqliteVfs));
        *mine = *real;
        mine->Name = (byte*)Marshal.StringToCoTaskMemUTF8("recording");
        mine->FileBytes = RecordedFile.OwnBytes + real->FileBytes;
        mine->Open = &Open;
        mine->Delete = &Delete;
        if (SqliteVfs.Register(mine, makeDefault: 1) != 0) throw new InvalidOperationException("SQLite refuses the layer.");

        // SQLite flushes the names in a folder by opening the folder, which only this tells.
        var name = (byte*)Marshal.StringToCoTaskMemUTF8("openDirectory");
        openDirectory = (delegate* unmanaged<byte*, int*, int>)real->GetSystemCall(real, name);
        real->SetSystemCall(real, name, (nint)(delegate* unmanaged<byte*, int*, int>)&OpenDirectory);
    }

    [UnmanagedCallersOnly]
    private static int Open(SqliteVfs* vfs, byte* path, SqliteFile* file, int flags, int* flagsOut)
    {
        if (path is null) return real->Open(real, path, file, flags, flagsOut); // a file for scratch
        var name = Marshal.PtrToStringUTF8((nint)path)!;
        var existed = File.Exists(name);
        var inner = RecordedFile.Real(file);
        file->Methods = null;
        inner->Methods = null;
        var result = real->Open(real, path, inner, flags, flagsOut);
        if (inner->Methods is null) return result;
        RecordedFile.Wrap(file, recorder.Opened(name, existed));
        return result;
    }

    [UnmanagedCallersOnly]
    private static int Delete(SqliteVfs* vfs, byte* path, int syncFolder)
    {
        var name = Marshal.PtrToStringUTF8((nint)path)!;
        if (File.Exists(name)) recorder.Deleted(name);
        return real->Delete(real, path, syncFolder);
    }

    [UnmanagedCallersOnly]
    private static int OpenDirectory(byte* file, int* handle)
    {
        recorder.NamesFlushed();
        return openDirectory(file, handle);
    }

    /// <summary>The methods of one open file, which are those of the real one behind it and a record.</summary>
    private static class RecordedFile
    {
        /// <summary>The pointer to the methods, and the number of the file.</summary>
        public const int OwnBytes = 16;

        private static readonly FileMethods* Methods = Make();

        public static SqliteFile* Real(SqliteFile* file) => (SqliteFile*)((byte*)file + OwnBytes);

        public static void Wrap(SqliteFile* file, int number)
        {
            file->Methods = Methods;
            ((long*)file)[1] = number;
        }

        private static int Number(SqliteFile* file) => (int)((long*)file)[1];

        private static FileMethods* Make()
        {
            var methods = (FileMethods*)NativeMemory.AllocZeroed((nuint)sizeof(FileMethods));
            *methods = new FileMethods
            {
                Version = 2, Close = &Close, Read = &Read, Write = &Write, Truncate = &Truncate, Sync = &Sync,
                FileSize = &FileSize,
                Lock = &Lock, Unlock = &Unlock, CheckReservedLock = &CheckReservedLock, FileControl = &FileControl,
                SectorSize = &SectorSize, DeviceCharacteristics = &DeviceCharacteristics, ShmMap = &ShmMap, ShmLock = &ShmLock,
                ShmBarrier = &ShmBarrier, ShmUnmap = &ShmUnmap,
            };
            return methods;
        }

        [UnmanagedCallersOnly]
        private static int Write(SqliteFile* file, void* bytes, int count, long at)
        {
            recorder.Written(Number(file), at, new ReadOnlySpan<byte>(bytes, count));
            return Real(file)->Methods->Write(Real(file), bytes, count, at);
        }

        [UnmanagedCallersOnly]
        private static int Truncate(SqliteFile* file, long length)
        {
            recorder.Truncated(Number(file), length);
            return Real(file)->Methods->Truncate(Real(file), length);
        }

        [UnmanagedCallersOnly]
        private static int Sync(SqliteFile* file, int flags)
        {
            var before = recorder.Steps;
            var result = Real(file)->Methods->Sync(Real(file), flags);
            if (result == 0) recorder.Flushed(Number(file), before);
            return result;
        }

        [UnmanagedCallersOnly]
        private static int Close(SqliteFile* file) => Real(file)->Methods->Close(Real(file));

        [UnmanagedCallersOnly]
        private static int Read(SqliteFile* file, void* bytes, int count, long at) =>
            Real(file)->Methods->Read(Real(file), bytes, count, at);

        [UnmanagedCallersOnly]
        private static int FileSize(SqliteFile* file, long* size) => Real(file)->Methods->FileSize(Real(file), size);

        [UnmanagedCallersOnly]
        private static int Lock(SqliteFile* file, int level) => Real(file)->Methods->Lock(Real(file), level);

        [UnmanagedCallersOnly]
        private static int Unlock(SqliteFile* file, int level) => Real(file)->Methods->Unlock(Real(file), level);

        [UnmanagedCallersOnly]
        private static int CheckReservedLock(SqliteFile* file, int* held) =>
            Real(file)->Methods->CheckReservedLock(Real(file), held);

        [UnmanagedCallersOnly]
        private static int FileControl(SqliteFile* file, int what, void* argument) =>
            Real(file)->Methods->FileControl(Real(file), what, argument);

        [UnmanagedCallersOnly]
        private static int SectorSize(SqliteFile* file) => Real(file)->Methods->SectorSize(Real(file));

        [UnmanagedCallersOnly]
        private static int DeviceCharacteristics(SqliteFile* file) => Real(file)->Methods->DeviceCharacteristics(Real(file));

        [UnmanagedCallersOnly]
        private static int ShmMap(SqliteFile* file, int page, int bytes, int extend, void** memory) =>
            Real(file)->Methods->ShmMap(Real(file), page, bytes, extend, memory);

        [UnmanagedCallersOnly]
        private static int ShmLock(SqliteFile* file, int at, int count, int flags) =>
            Real(file)->Methods->ShmLock(Real(file), at, count, flags);

        [UnmanagedCallersOnly]
        private static void ShmBarrier(SqliteFile* file) => Real(file)->Methods->ShmBarrier(Real(file));

        [UnmanagedCallersOnly]
        private static int ShmUnmap(SqliteFile* file, int delete) => Real(file)->Methods->ShmUnmap(Real(file), delete);
    }
}
