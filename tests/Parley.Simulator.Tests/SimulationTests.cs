using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Server;
using Parley.Simulator.Humans;
using Parley.Simulator.Measures;
using Parley.Simulator.Options;
using Parley.Simulator.Progress;

namespace Parley.Simulator.Tests;

/// <summary>The whole simulation at a real server with the demonstration contact centre, many times as fast as people.</summary>
public sealed class SimulationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("parley-simulator-");
    private WebApplication? server;

    private Uri Url =>
        new(server!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Customers_of_all_doors_are_served_and_every_chat_is_whole()
    {
        var options = Options(
            "--customers", "12", "--messages", "2", "--patience", "3600", "--minutes", "5", "--reconnects", "0.5");

        var shift = await RunAsync(options);

        Assert.DoesNotContain(shift.Meter.Troubles, trouble => trouble.Verdict is Verdict.Wrong or Verdict.Overload);
        var tally = shift.Tally;
        Assert.True(tally.Of(Outcome.Done) > 0);
        Assert.Equal(tally.Came, tally.Of(Outcome.Done) + tally.Of(Outcome.CutShort) + tally.Of(Outcome.GaveUp));
        Assert.Equal((0, 0), (tally.Waiting, tally.InChat));
        Assert.True(tally.Messages >= 4 * tally.Of(Outcome.Done));
        var counts = shift.Meter.Kinds.ToDictionary(kind => kind.Key, kind => kind.Value.Count);
        Assert.All(Enum.GetValues<Door>(), door => Assert.True(counts[$"customer sends, {door}"] > 0));
        Assert.True(counts["agent types"] >= counts["agent sends"] && counts["customer types"] >= tally.Messages / 2);
        Assert.True(tally.Reconnects > 0);
        Assert.True(shift.Workload.Handlings > 0 && shift.Workload.Concurrency >= 1);
    }

    [Fact]
    public async Task A_server_that_limits_what_one_address_may_do_is_no_error()
    {
        await server!.DisposeAsync();
        await StartAsync("--Parley:Customers:CreatesPerMinute=1");

        var shift = await RunAsync(Options("--customers", "12", "--messages", "1", "--minutes", "2"));

        Assert.True(shift.Tally.Of(Outcome.TurnedAway) > 0);
        Assert.Equal(0, shift.Meter.Wrongs);
    }

    [Fact]
    public async Task Who_is_interrupted_goes_home_and_leaves_no_chat_open()
    {
        using var interrupt = new CancellationTokenSource();
        using var simulation = new Simulation(
            Options("--customers", "60", "--minutes", "600"), TimeProvider.System, interrupt.Token);
        var interrupting = new Watcher(_ =>
        {
            if (simulation.Shift.Tally.InChat > 0) interrupt.Cancel();
        });

        var report = await simulation.RunAsync(new Display(interrupting, columns: null, new FastTime(TimeProvider.System, 100)));

        Assert.Contains("# Simulation", report, StringComparison.Ordinal);
        Assert.Equal(0, simulation.Shift.Meter.Wrongs);
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(Url, "/metrics"));
        Assert.Contains("parley_agents_in_session 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("parley_chats_open 0\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_server_it_says_so_with_exit_code_1()
    {
        var errors = new StringWriter();

        Assert.Equal(1, SimulateCommand.Run(["--url", "http://127.0.0.1:1"], TextWriter.Null, errors));
        Assert.Contains("cannot sign in at http://127.0.0.1:1/", $"{errors}", StringComparison.Ordinal);
    }

    private async Task<Shift> RunAsync(SimulatorOptions options)
    {
        using var simulation = new Simulation(options, TimeProvider.System, TestContext.Current.CancellationToken);
        output.WriteLine(await simulation.RunAsync(new Display(TextWriter.Null, columns: null, TimeProvider.System)));
        return simulation.Shift;
    }

    private SimulatorOptions Options(params string[] words)
    {
        var (options, errors) = SimulatorOptions.Parse(["--url", $"{Url}", "--speed", "60", "--seed", "5", .. words]);
        Assert.Empty(errors);
        return options!;
    }

    private async Task StartAsync(params string[] settings)
    {
        server = ParleyHost.Build(
            [
                "--demo", "--urls", "http://127.0.0.1:0", "--data", data.FullName, "--Parley:Customers:CreatesPerMinute=0",
                "--Parley:Customers:RequestsPerMinute=0", .. settings,
            ],
            builder => builder.Logging.ClearProviders());
        await server.StartAsync();
    }

    /// <summary>Somebody who looks at the progress.</summary>
    private sealed class Watcher(Action<string?> seen) : StringWriter
    {
        public override void WriteLine(string? value) => seen(value);
    }
}
