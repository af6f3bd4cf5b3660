namespace Parley.Server.Accounts;

/// <summary>The command <c>hash-password</c>: reads one line, prints its hash for the contact centre's file.</summary>
internal static class HashPasswordCommand
{
    public const string Usage = """
        Parley.Server hash-password
          reads a password and prints its hash for the contact centre's file
        """;

    private const int LongestPassword = 1024;

    public static int Run(TextReader input, TextWriter output, TextWriter errors)
    {
        var password = Console.IsInputRedirected || input != Console.In ? input.ReadLine() : Prompt(errors);
        if (string.IsNullOrEmpty(password) || password.Length > LongestPassword)
        {
            errors.WriteLine($"A password of 1 to {LongestPassword} characters is expected on standard input.");
            return 1;
        }
        output.WriteLine(Passwords.Hash(password));
        return 0;
    }

    private static string Prompt(TextWriter errors)
    {
        errors.Write("Password (not shown): ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
        errors.WriteLine();
        return typed.ToString();
    }
}
