using Parley.Server.Operation;

namespace Parley.Server.Files;

/// <summary>The files of chats: the folder they are kept in, and the scan.</summary>
internal static class FilesSetup
{
    public static void AddFiles(this WebApplicationBuilder builder)
    {
        builder.AddSettings<FilesOptions>("Files");
        builder.Services.AddHealth<FileStore>();
        builder.Services.AddSingleton<FileScan>();
        builder.Services.AddSingleton<FileIntake>();
    }

    /// <summary>Starts clearing up; after the log is followed, which says what became of what is left over.</summary>
    public static void AddFileSweep(this IServiceCollection services) => services.AddHostedService<FileSweep>();
}
