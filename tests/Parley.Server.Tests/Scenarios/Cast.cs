using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Scenarios;

/// <summary>
/// Who plays in a scenario. Bob, Carol and Dave are the demo's three agents, Cleo and Sam its supervisors; any other name is a
/// customer.
/// </summary>
internal sealed class Cast(RunningServer server) : IAsyncDisposable
{
    /// <summary>Who says what the server says.</summary>
    public const string Server = "System";

    private static readonly string[] AgentNames = ["Bob", "Carol", "Dave"];
    private static readonly string[] SupervisorNames = ["Cleo", "Sam"];

    private readonly Dictionary<string, AgentClient> agents = [];
    private readonly Dictionary<string, CustomerClient> customers = [];
    private readonly Dictionary<string, string> variables = new() { ["base"] = server.Address.AbsoluteUri.TrimEnd('/') };

    public IReadOnlyDictionary<string, AgentClient> Agents => agents;

    public IReadOnlyDictionary<string, CustomerClient> Customers => customers;

    public static bool IsSupervisor(string name) => SupervisorNames.Contains(name);

    public static bool IsAgent(string name) => AgentNames.Contains(name) || SupervisorNames.Contains(name);

    /// <summary>The agent of that name, entering the stage when first mentioned.</summary>
    public async Task<AgentClient> Agent(string name)
    {
        if (agents.TryGetValue(name, out var known)) return known;
        var agent = AgentNames.Contains(name)
            ? server.Agent(Array.IndexOf(AgentNames, name) + 1)
            : server.Supervisor(Array.IndexOf(SupervisorNames, name) + 1);
        agents[name] = agent;
        var id = await agent.ReadId();
        variables[$"{name}.id"] = id;
        variables[name] = $"/users/{id}";
        variables[$"{name}.userName"] = agent.UserName;
        return agent;
    }

    public CustomerClient Customer(string name) =>
        customers.TryGetValue(name, out var known) ? known : throw new FormatException($"{name} has not asked for a chat");

    /// <summary>A customer asks for a chat; <c>{chat}</c> is the first customer's.</summary>
    public async Task<CustomerClient> Enter(string name, IEnumerable<(string Name, string Value)> fields)
    {
        KeyValuePair<string, string>[] form = [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))];
        var customer = form.Length == 0 ? await server.Customer(name) : await CustomerClient.Ask(server.Address, form);
        customers.Add(name, customer);
        variables.TryAdd("chat", customer.ChatId);
        variables[$"{name}.chat"] = customer.ChatId;
        variables[$"{name}.key"] = customer.SecureKey;
        return customer;
    }

    /// <summary>The text with every <c>{name}</c> that is a variable replaced.</summary>
    public string Fill(string text) =>
        variables.Aggregate(
            text, (filled, variable) => filled.Replace($"{{{variable.Key}}}", variable.Value, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents.Values) await agent.DisposeAsync();
        foreach (var customer in customers.Values) customer.Dispose();
    }
}
