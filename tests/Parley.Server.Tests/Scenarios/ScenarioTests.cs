using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Scenarios;

/// <summary>Plays every <c>.scenario</c> file of this folder, each against a server of its own.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. ScenarioFile.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scenario_goes_as_written(string name)
    {
        var clock = new ManualTime();
        await using var server = await RunningServer.Start(clock);
        await using var stage = new Stage(server, clock);
        foreach (var step in ScenarioFile.Read(name).Steps)
        {
            try
            {
                await stage.Play(step);
            }
            catch (Exception e)
            {
                throw new ScenarioFailed($"{name}.scenario, {step}\n{e.Message}", e);
            }
        }
        await stage.CheckTold();
    }

    private sealed class ScenarioFailed(string message, Exception reason) : Exception(message, reason);
}
