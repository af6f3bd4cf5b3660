using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Parley.Bayeux.Tests;

/// <summary>The library's README says what is true: its example is a program that runs.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_example_is_the_sample_program_word_for_word()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "README.md"));
        var program = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "Program.cs"));
        var blocks = CodeBlocks().Matches(readme).Take(2).Select(block => block.Groups[1].Value.Trim());
        Assert.EndsWith(string.Join("\n\n", blocks), program.Trim());
    }

    [Fact]
    public async Task The_example_tells_a_listener_the_news()
    {
        string[] arguments = ["exec", "BayeuxHello.dll", "--urls", "http://127.0.0.1:0"];
        using var program = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = await Address(program, TestHost.Patience) };
            var client = await new Polling(http).Open("/news");
            var poll = client.Connect();
            using var told = await http.PostAsJsonAsync("/news", "hello", TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)told.StatusCode);
            Assert.Equal("hello", (string?)(await poll)[0]!["data"]);
        }
        finally
        {
            program.Kill();
        }
    }

    private static async Task<Uri> Address(Process program, TimeSpan patience)
    {
        using var late = new CancellationTokenSource(patience);
        while (await program.StandardOutput.ReadLineAsync(late.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } found) return new Uri(found.Groups[1].Value + "/bayeux");
        }
        throw new InvalidOperationException("The example ended before it listened.");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
