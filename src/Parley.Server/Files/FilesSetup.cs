using Parley.Log;
using Parley.Log.Postgres;
using Parley.Server.Operation;

namespace Parley.Server.Files;

/// <summary>The files of chats: where they are kept, and the scan.</summary>
internal static class FilesSetup
{
    public static void AddFiles(this WebApplicationBuilder builder)
    {
        builder.AddSettings<FilesOptions>("Files");
        builder.Services.AddSingleton(s => s.GetRequiredService<IEventLog>() is PostgresEventLog shared
            ? shared.Files
            : new FolderShelf(s.GetRequiredService<FilesOptions>().RootIn(s.GetRequiredService<DataOptions>())));
        builder.Services.AddHealth<FileStore>();
        builder.Services.AddSingleton<FileScan>();
        builder.Services.AddSingleton<FileIntake>();
    }

    /// <summary>Starts clearing up; after the log is followed, which says what became of what is left over.</summary>
    public static void AddFileSweep(this IServiceCollection services) => services.AddHostedService<FileSweep>();
}
