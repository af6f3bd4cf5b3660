using Parley.Server.Accounts;
using Parley.Server.Backups;
using Parley.Simulator;

namespace Parley.Server;

/// <summary>Something that the program does instead of serving.</summary>
/// <param name="Name">The first word of the command line.</param>
/// <param name="Usage">Its lines of the help.</param>
/// <param name="Run">Does it with the words after the name, and returns the exit code: 0 done, 1 not done, 2 not
/// understood.</param>
internal sealed record Command(string Name, string Usage, Func<IReadOnlyList<string>, int> Run);

/// <summary>The commands there are.</summary>
internal static class Commands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("hash-password", HashPasswordCommand.Usage, _ => HashPasswordCommand.Run(Console.In, Console.Out, Console.Error)),
        new("backup", BackupCommand.Usage, words => BackupCommand.Run(words, Console.Out, Console.Error)),
        new("restore", RestoreCommand.Usage, words => RestoreCommand.Run(words, Console.Out, Console.Error)),
        new("simulate", SimulateCommand.Usage, words => SimulateCommand.Run(words, Console.Out, Console.Error)),
    ];

    /// <summary>The command that a command line asks for; null if it asks for the server.</summary>
    public static Command? Find(IReadOnlyList<string> commandLine) =>
        commandLine is [var name, ..] ? All.FirstOrDefault(c => c.Name == name) : null;
}
