using System.ComponentModel.DataAnnotations;

namespace Parley.Server;

/// <summary>Section <c>Parley:Data</c>: where what must survive a restart is kept.</summary>
internal sealed class DataOptions
{
    /// <summary>The folder of the log's files; relative to the working directory.</summary>
    [Required]
    public string Directory { get; set; } = "./data";
}
