using Parley.Server;
using Parley.Server.Accounts;

if (args is ["hash-password", ..]) return HashPasswordCommand.Run(Console.In, Console.Out, Console.Error);
if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

try
{
    await using var app = ParleyHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}
catch (IOException unavailable)
{
    Console.Error.WriteLine($"Parley cannot start: {unavailable.Message}");
    return 1;
}
