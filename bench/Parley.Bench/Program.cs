using Parley.Bench;
using Parley.Bench.Customers;
using Parley.Bench.Engines;
using Parley.Bench.Push;
using Parley.Bench.StartUp;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interrupted.Cancel();
};

switch (args.FirstOrDefault())
{
    case "chat":
        var chat = ChatOptions.Parse(args.AsSpan(1));
        return chat.Options is null ? Refused(chat.Errors) : await ChatRun.ExecuteAsync(chat.Options, interrupted.Token);

    case "push":
        var push = PushOptions.Parse(args.AsSpan(1));
        return push.Options is null ? Refused(push.Errors) : PushRun.Execute(push.Options, interrupted.Token);

    case "customers":
        var customers = CustomersOptions.Parse(args.AsSpan(1));
        return customers.Options is null
            ? Refused(customers.Errors)
            : await CustomersRun.ExecuteAsync(customers.Options, interrupted.Token);

    case "startup":
        var startup = StartOptions.Parse(args.AsSpan(1));
        return startup.Options is null
            ? Refused(startup.Errors)
            : await StartRun.ExecuteAsync(startup.Options, interrupted.Token);

    case "engines":
        var engines = EnginesOptions.Parse(args.AsSpan(1));
        return engines.Options is null
            ? Refused(engines.Errors)
            : await EnginesRun.ExecuteAsync(engines.Options, interrupted.Token);

    default:
        Console.WriteLine(ChatOptions.Usage);
        Console.WriteLine();
        Console.WriteLine(EnginesOptions.Usage);
        Console.WriteLine();
        Console.WriteLine(PushOptions.Usage);
        Console.WriteLine();
        Console.WriteLine(CustomersOptions.Usage);
        Console.WriteLine();
        Console.WriteLine(StartOptions.Usage);
        return args is [] or ["--help"] or ["-h"] ? 0 : 2;
}

static int Refused(IReadOnlyList<string> errors)
{
    foreach (var error in errors) Console.Error.WriteLine(error);
    return 2;
}
