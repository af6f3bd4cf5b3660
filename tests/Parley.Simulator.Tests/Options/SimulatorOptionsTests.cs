using Parley.Simulator.Options;

namespace Parley.Simulator.Tests.Options;

public sealed class SimulatorOptionsTests
{
    [Fact]
    public void Without_options_the_demonstration_is_simulated_by_its_three_agents()
    {
        var options = Parsed();

        Assert.Equal(new Uri("http://127.0.0.1:8090"), options.Url);
        Assert.Equal(
            [new Login("agent1", "secret1"), new Login("agent2", "secret2"), new Login("agent3", "secret3")],
            options.Logins.Take(options.Agents));
    }

    [Fact]
    public void Every_option_changes_what_is_simulated()
    {
        var standard = new SimulatorOptions { Seed = 1 };
        var values = new Dictionary<string, string>
        {
            ["--url"] = "https://chat.example.org", ["--service"] = "sales", ["--agents"] = "2", ["--logins"] = "a:p,b:q,c:r",
            ["--logins-file"] = LoginsFile("a:p", "b:q:with-a-colon", "", "c:r"), ["--customers"] = "2.5", ["--doors"] = "gws=1",
            ["--typing-wpm"] = "60", ["--thinking"] = "3", ["--patience"] = "30", ["--messages"] = "2", ["--reconnects"] = "0.5",
            ["--minutes"] = "0.5", ["--seed"] = "7", ["--speed"] = "20",
        };

        Assert.Equal(OptionTable.ByName.Keys.Order(), values.Keys.Order());
        foreach (var (name, value) in values)
        {
            Assert.NotEqual(standard, OptionTable.ByName[name].Set(standard, value));
            Assert.Empty(SimulatorOptions.Parse([name, value]).Errors);
        }
        File.Delete(values["--logins-file"]);
    }

    [Fact]
    public void Logins_come_from_a_list_a_pattern_or_a_file()
    {
        Assert.Equal([new Login("a", "p")], Parsed("--agents", "1", "--logins", "a:p,b:q").Logins.Take(1));
        Assert.Equal([new Login("x1", "z"), new Login("x2", "z")], Parsed("--agents", "2", "--logins", "x{n}:z").Logins.Take(2));
        var file = LoginsFile("a:p:p", " ", "b:q");
        Assert.Equal([new Login("a", "p:p"), new Login("b", "q")], Parsed("--agents=2", $"--logins-file={file}").Logins.Take(2));
        File.Delete(file);
    }

    [Theory]
    [InlineData("--agnets 3", "--agnets: is not an option of simulate")]
    [InlineData("--agents", "--agents: a value must follow")]
    [InlineData("--seed 1 --seed 2", "--seed: is given twice")]
    [InlineData("--agents 0", "a whole number from 1 to 10000")]
    [InlineData("--agents 2.5", "a whole number from 1 to 10000")]
    [InlineData("--customers -1", "a number from 0.01 to 100000")]
    [InlineData("--customers NaN", "a number from 0.01 to 100000")]
    [InlineData("--reconnects 1.1", "a number from 0 to 1")]
    [InlineData("--speed 0", "a number from 0.1 to 1000")]
    [InlineData("--url ftp://x", "an http or https address")]
    [InlineData("--service a/b", "a name of a-z")]
    [InlineData("--doors gws=0", "shares such as gws=1,gms=2,cometd=1")]
    [InlineData("--doors fax=1", "shares such as gws=1,gms=2,cometd=1")]
    [InlineData("--logins agent1", "name:password pairs")]
    [InlineData("--logins-file /nowhere/at/all", "a file of name:password lines")]
    [InlineData("--logins a:p,b:q", "--agents 3: there are only 2 logins")]
    public void A_wrong_option_is_refused_by_name_and_bounds_with_exit_code_2(string words, string said)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());

        Assert.Equal(2, SimulateCommand.Run(words.Split(' '), output, errors));
        Assert.Contains(said, $"{errors}", StringComparison.Ordinal);
        Assert.Equal("", $"{output}");
    }

    [Fact]
    public void The_help_names_every_option() =>
        Assert.All(
            OptionTable.All,
            option => Assert.Contains($"{option.Name} {option.Value}", SimulateCommand.Usage, StringComparison.Ordinal));

    private static SimulatorOptions Parsed(params string[] words)
    {
        var (options, errors) = SimulatorOptions.Parse(words);
        Assert.Empty(errors);
        return options!;
    }

    private static string LoginsFile(params string[] lines)
    {
        var path = Path.Combine(Path.GetTempPath(), $"parley-logins-{Guid.NewGuid():N}");
        File.WriteAllLines(path, lines);
        return path;
    }
}
