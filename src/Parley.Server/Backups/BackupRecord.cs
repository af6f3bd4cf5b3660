using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Backups;

/// <summary>What a backup says of itself, in <c>backup.json</c>.</summary>
/// <remarks>
/// <c>{"format":1,"takenAt":"2026-05-04T03:00:12+00:00","position":48213,"streams":911,"logSha256":"9f…","files":12,
/// "fileBytes":480000}</c>
/// </remarks>
/// <param name="Format">How the folder is laid out; see <see cref="Current"/>.</param>
/// <param name="TakenAt">When the copy was complete.</param>
/// <param name="Position">The position of the last event, which is the number of events too.</param>
/// <param name="Streams">Chats, agents and contacts.</param>
/// <param name="LogSha256">SHA-256 of the database in lower-case hexadecimal.</param>
/// <param name="Files">How many files of chats there are.</param>
/// <param name="FileBytes">How many bytes they have together.</param>
internal sealed record BackupRecord(
    int Format, DateTimeOffset TakenAt, long Position, long Streams, string LogSha256, long Files, long FileBytes)
{
    public const int Current = 1;

    private const string FileName = "backup.json";

    /// <summary>Reads what a backup says of itself.</summary>
    /// <exception cref="CopyException">The folder is no backup, or none that this program knows.</exception>
    public static BackupRecord Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new CopyException($"{folder} is not a backup: {path} does not exist.");
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(path), BackupJson.Default.BackupRecord);
            return record?.Format == Current
                ? record
                : throw new CopyException($"{path}: format {record?.Format} is not known to this version of Parley.");
        }
        catch (JsonException e)
        {
            throw new CopyException($"{path} cannot be read: {e.Message}");
        }
    }

    public void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew);
        JsonSerializer.Serialize(file, this, BackupJson.Default.BackupRecord);
        file.Flush(flushToDisk: true);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Position} events of {Streams} streams, {Files} files of {FileBytes} bytes");
}

/// <summary>The JSON of backups.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BackupRecord))]
internal sealed partial class BackupJson : JsonSerializerContext;
