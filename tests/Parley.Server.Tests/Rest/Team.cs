using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Server.Rest;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;

namespace Parley.Server.Tests.Rest;

/// <summary>
/// A contact centre of two business units: Marta Lopez and the supervisor Dana Lead in Billing, Jun Kim in Support; in none the
/// supervisor Sam Stray, the administrator Alex Admin and another server. Everybody's password is <c>pässword</c>.
/// </summary>
public sealed class Team : IAsyncDisposable
{
    public const string Marta = "3c9a1f52d07e4b6f8a21c5e4d9b07713";
    public const string Jun = "90d2b4c6a1e84f57b3c0d9e8f7a61524";
    public const string Dana = "d0a0000000000000000000000000da0a";

    private readonly List<AgentClient> clients = [];
    private readonly StartedServer server;
    private readonly Uses uses;

    private Team(StartedServer server, Uses uses) => (this.server, this.uses) = (server, uses);

    /// <summary>What supervisors are said to have done, line by line.</summary>
    public IReadOnlyCollection<string> Logged => uses.Lines;

    /// <summary>Starts it at the address <c>https://desk.example.org</c>.</summary>
    /// <param name="more">Further members of the contact centre's file, each followed by a comma.</param>
    /// <param name="settings">Further settings as <c>Parley:…=…</c>.</param>
    public static async Task<Team> Start(string more = "", params string[] settings)
    {
        var uses = new Uses();
        return new Team(
            await StartedServer.Start(
                Text(more), builder => builder.Logging.AddProvider(uses),
                ["Parley:Rest:ExternalBaseUrl=https://desk.example.org", .. settings]), uses);
    }

    /// <summary>A desktop of the user.</summary>
    internal AgentClient Of(string userName)
    {
        var client = new AgentClient(server.Address, userName, TestCenter.Password);
        clients.Add(client);
        return client;
    }

    /// <summary>A desktop of the user, listening, in a contact-centre session and not ready.</summary>
    internal async Task<AgentClient> AtWork(string userName)
    {
        var client = Of(userName);
        await client.SignIn();
        await client.Inbox.Next(AgentClient.Channels, "the session");
        return client;
    }

    /// <summary>A customer who waits in the queue Support.</summary>
    internal Task<CustomerClient> Customer() => CustomerClient.Ask(server.Address, "Ada");

    /// <summary>A part of the running server.</summary>
    internal T The<T>()
        where T : notnull => server.The<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) await client.DisposeAsync();
        await server.DisposeAsync();
    }

    private static string Text(string more) => $$"""
        { "name": "Team", "contactCenterId": "5b0c8d1e-37aa-4c62-9f5d-2a60b1c4e9f0", {{more}}
          "agentStates": [ { "id": "6D1E9C7A-52B4-4E0F-8C33-91A7D5B0F2E8", "displayName": "Out to Lunch",
                             "operationName": "OutToLunch", "reason": "Lunch" } ],
          "skills": [ { "id": "b7d1c0aa-0f3e-4f1b-9d5c-6f2a1e8b4c30", "name": "Chat_Billing" },
                      { "id": "c8e2d1bb-1a4f-4a2c-8e6d-7a3b2f9c5d41", "name": "Chat_Support" } ],
          "groups": [ { "id": "2-0d7f3a3e-3b1c-4d0e-9a55-7a1f0c2b4e66", "name": "Billing" },
                      { "id": "2-1e8a4b4f-4c2d-4e1f-8b66-8b2a1d3c5f77", "name": "Support" } ],
          "users": [
            { "id": "{{Marta}}", "userName": "mlopez", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Marta",
              "lastName": "Lopez", "emailAddress": "mlopez@example.org", "groups": ["Billing"],
              "skills": [ { "name": "Chat_Billing", "level": 7 } ] },
            { "id": "{{Jun}}", "userName": "jkim", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Jun",
              "lastName": "Kim", "emailAddress": "jkim@example.org", "groups": ["Support"], "maxConcurrentChats": 1,
              "skills": [ { "name": "Chat_Support", "level": 10 }, { "name": "Chat_Billing", "level": 2 } ] },
            { "id": "{{Dana}}", "userName": "dlead", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Dana",
              "lastName": "Lead", "roles": ["agent", "supervisor"], "groups": ["Billing"] },
            { "userName": "sstray", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Sam", "lastName": "Stray",
              "roles": ["supervisor"] },
            { "userName": "root", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Alex", "lastName": "Admin",
              "roles": ["admin"] },
            { "userName": "crm", "passwordHash": "{{TestCenter.Hash}}", "roles": ["apiuser"] },
            { "userName": "gone", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Gus", "lastName": "Gone",
              "enabled": false, "groups": ["Billing"] } ],
          "queues": [ { "id": "1f7b2c3d-8e90-4a5b-9c6d-7e8f90a1b2c3", "name": "Billing", "priority": 10, "agents": ["mlopez"] },
                      { "id": "2a8c3d4e-9f01-4b6c-8d7e-8f9012b3c4d5", "name": "Support", "agents": ["jkim", "mlopez"] } ],
          "services": [ { "name": "customer-support", "queue": "Support" } ] }
        """;

    /// <summary>Keeps what is logged about supervisors' doings.</summary>
    private sealed class Uses : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) =>
            categoryName == typeof(UserChannels).FullName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
