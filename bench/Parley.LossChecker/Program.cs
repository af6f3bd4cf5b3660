using System.Runtime.InteropServices;
using Parley.LossChecker;

using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

if (args is not ["run" or "conduct" or "check", ..])
{
    Console.WriteLine(Options.Usage);
    return args is [] or ["--help"] or ["-h"] ? 0 : 2;
}

var (options, errors) = Options.Parse(args.AsSpan(1));
if (options is null)
{
    foreach (var error in errors) Console.Error.WriteLine(error);
    return 2;
}

try
{
    return args[0] switch
    {
        "run" => await Campaign.RunAsync(options, Console.Out, interrupted.Token),
        "conduct" => await Campaign.ConductAsync(options, Console.Out, interrupted.Token),
        _ => Campaign.Judged(options.Journal, Console.Out),
    };
}
catch (IOException missing)
{
    Console.Error.WriteLine(missing.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted; everything is stopped and removed.");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
