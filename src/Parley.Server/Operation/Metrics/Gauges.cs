using System.Diagnostics.Metrics;
using Parley.Agents;
using Parley.Server.History;
using Parley.Server.Hosting;
using Parley.Server.Operation.Health;
using Parley.Server.Operation.Overload;
using Parley.Server.Provisioning;

namespace Parley.Server.Operation.Metrics;

/// <summary>What can be looked at at any time: how many there are now.</summary>
internal sealed class Gauges(
    Measures measures, Occupancy occupancy, RequestLoad requests, CommandsUnderWay underWay, WaitingLines lines,
    ContactCenter center, Folds<Agent, AgentEvent> agents, HistoryLag history, IEnumerable<IHealth> parts) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = measures.Meter;
        meter.CreateObservableUpDownCounter(
            "parley.chats.open", () => occupancy.Open, "{chat}", "Chats that are not finished.");
        meter.CreateObservableUpDownCounter(
            "parley.chats.waiting", Waiting, "{chat}", "Chats that wait for an agent, by queue; not those being offered.");
        meter.CreateObservableUpDownCounter(
            "parley.agents.in_session", () => agents.States.Count(a => a.InSession), "{agent}", "Agents who are signed in.");
        meter.CreateObservableUpDownCounter(
            "parley.agents.ready", () => agents.States.Count(a => a.IsReadyForChats), "{agent}", "Those of them who are ready.");
        meter.CreateObservableUpDownCounter(
            "parley.appends.waiting", () => underWay.Waiting, "{command}", "Commands that wait to be stored.");
        meter.CreateObservableGauge(
            "parley.append.delay", () => underWay.StoreDelay.TotalSeconds, "s", "How long the oldest of them has waited.");
        meter.CreateObservableGauge(
            "parley.tell.delay", () => underWay.TellDelay.TotalSeconds, "s",
            "How long ago the oldest command was stored that nobody has been told of.");
        meter.CreateObservableUpDownCounter(
            "parley.requests.under_way", () => requests.UnderWay, "{request}", "Requests that are being worked on.");
        meter.CreateObservableGauge(
            "parley.history.lag", history.Measure, "{event}", "Events that are not in the history yet, at the node that fills it.");
        meter.CreateObservableGauge("parley.health", Health, null, "1 for a part that works, 0 for one that does not.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<int>> Waiting()
    {
        var occupied = lines.Occupied.ToLookup(line => line.Queue.Value);
        return center.Queues.Select(queue => queue.Name).Union(occupied.Select(line => line.Key)).Select(queue =>
            new Measurement<int>(occupied[queue].Sum(lines.CountOf), KeyValuePair.Create("queue", (object?)queue)));
    }

    private IEnumerable<Measurement<int>> Health() => parts.Select(part =>
        new Measurement<int>(part.Problem() is null ? 1 : 0, KeyValuePair.Create("part", (object?)part.Part)));
}
