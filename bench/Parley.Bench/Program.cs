using Parley.Bench;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interrupted.Cancel();
};

switch (args.FirstOrDefault())
{
    case "chat":
        var (options, errors) = ChatOptions.Parse(args.AsSpan(1));
        if (options is null)
        {
            foreach (var error in errors) Console.Error.WriteLine(error);
            return 2;
        }
        return await ChatRun.ExecuteAsync(options, interrupted.Token);

    default:
        Console.WriteLine(ChatOptions.Usage);
        return args is [] or ["--help"] or ["-h"] ? 0 : 2;
}
