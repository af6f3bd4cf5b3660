using Parley.Server.Tests.Harness;
using Parley.Tests.Shared;

namespace Parley.Server.Tests.Files;

/// <summary>
/// The data of one server after another, or of several at once: a folder, and with PostgreSQL a database beside it.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("parley-files-");
    private bool isOnDisk = !TestEngine.IsPostgres;

    public string Path => folder.FullName;

    public string Files => System.IO.Path.Combine(Path, "files");

    /// <summary>What lies in the database; null while it is the folder where everything lies.</summary>
    internal FileTables? Tables { get; private set; }

    /// <summary>Every file that is stored, whatever it is for, as the folder of files names it.</summary>
    public IReadOnlyList<string> Stored => [.. InFolder.Concat(Tables?.Stored ?? []).Order(StringComparer.Ordinal)];

    /// <summary>The data of a node on a new database.</summary>
    public static async Task<DataFolder> OnPostgres() =>
        new() { Tables = new FileTables(await (await PostgresCluster.SharedAsync()).NewDatabaseAsync()) };

    /// <summary>The data of another node on the same database.</summary>
    public DataFolder Beside() => new() { Tables = Tables };

    /// <summary>Everything lies in the folder, whatever the engine of the other tests: the test is about the folder.</summary>
    public void StayOnDisk() => isOnDisk = true;

    /// <summary>Leaves a file behind as a crash right after holding it does.</summary>
    public void LeaveHeld(string chat, string id, byte[] content)
    {
        if (Tables is not null) Tables.LeaveHeld(chat, id, content);
        else File.WriteAllBytes(Held(chat, id), content);
    }

    /// <summary>Leaves the only file that is kept as a crash right before keeping it does.</summary>
    public void HoldAgain(string chat, string id)
    {
        if (Tables is not null) Tables.HoldAgain(chat, id);
        else File.Move(System.IO.Path.Combine(Files, Assert.Single(Stored)), Held(chat, id));
    }

    /// <summary>The settings of a server on it.</summary>
    public async Task<string[]> Settings()
    {
        if (Tables is null && !isOnDisk)
            Tables = new FileTables(await (await PostgresCluster.SharedAsync()).NewDatabaseAsync());
        string[] database = Tables is null
            ? []
            // a busy machine must not look like a node that died
            : [$"Parley:Data:Postgres={Tables.Database}", "Parley:Node:ClaimMs=60000"];
        return [$"Parley:Data:Directory={Path}", .. database];
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Held(string chat, string id) => System.IO.Path.Combine(Files, "held", $"{chat}.{id}");

    private IEnumerable<string> InFolder => Directory.Exists(Files)
        ? Directory.EnumerateFiles(Files, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Files, f))
        : [];
}
