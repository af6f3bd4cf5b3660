using System.ComponentModel.DataAnnotations;

namespace Parley.Server;

/// <summary>Section <c>Parley:Data</c>: where what must survive a restart is kept.</summary>
internal sealed class DataOptions
{
    /// <summary>The folder of the log's files; relative to the working directory.</summary>
    [Required]
    public string Directory { get; set; } = "./data";

    /// <summary>Commands that wait to be stored; one more is refused as unavailable.</summary>
    [Range(64, 1_000_000)]
    public int MaxWaitingAppends { get; set; } = 4_096;

    /// <summary>How large the database may grow; beyond that nothing more is stored, as on a full disk.</summary>
    [Range(1L << 20, 1L << 46)]
    public long MaxDatabaseBytes { get; set; } = 1L << 40;
}
