using Parley.Server;
using Parley.Server.Operation.Health;
using Parley.Server.Provisioning;

if (Commands.Find(args) is { } command) return command.Run(args[1..]);
if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

try
{
    await using var app = ParleyHost.Build(args);
    Demo.Announce(app);
    var tail = app.Services.GetRequiredService<TailHealth>();
    await app.RunAsync();
    return tail.IsLostForGood ? 1 : 0;
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
