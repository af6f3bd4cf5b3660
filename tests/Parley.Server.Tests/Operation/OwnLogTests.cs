using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Parley.Log;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Rest;
using Parley.Server.Tests.Wire;

namespace Parley.Server.Tests.Operation;

/// <summary>The server's own log: how it is written, and what is never in it.</summary>
public sealed class OwnLogTests
{
    /// <summary>A word in everything that people say in this test.</summary>
    private const string Said = "zq77123";

    [Fact]
    public async Task What_people_say_is_in_no_log_at_any_level_even_when_something_fails()
    {
        using var logged = new LoggedEverything();
        await using var log = new FragileLog();
        await using var server = await StartedServer.Start(
            null,
            builder =>
            {
                builder.Logging.AddProvider(logged).AddFilter<LoggedEverything>(null, LogLevel.Trace);
                builder.Services.AddSingleton<IEventLog>(log);
            },
            [.. TestSettings.WithoutRateLimits.Select(s => s[2..])]);
        await using var bob = new AgentClient(server.Address, "agent1", "secret1");
        await bob.SignIn();
        await bob.GoReady();

        using var ada = await CustomerClient.Ask(
            server.Address,
            [
                new("nickname", $"{Said}nick"), new("subject", $"{Said}subject"), new("userData[k]", $"{Said}data"),
                new("text", Said),
            ]);
        var chat = await bob.AcceptNext();
        await ada.Say($"{Said} from the customer");
        await ada.Post("startTyping", ("message", $"{Said} is being typed"));
        await ada.Post("pushUrl", ("pushUrl", $"https://example.org/{Said}"));
        (await bob.Do(chat, "SendMessage", new JsonObject { ["text"] = $"{Said} from the agent" })).Succeeded();
        await bob.Post($"/api/v2/me/chats/{chat}", $$"""{"operationName":"SendMessage","text":"{{Said}} cut""");
        await bob.Do(chat, Said);
        await using var pushed = await PushedCustomer.Ask(server.Address, $"{Said}pushed");
        await pushed.Publish("sendMessage", $$""","message":"{{Said}} over CometD" """);
        using var gws = await GwsClient.Ask(server.Address);
        (await gws.Do("SendMessage", $"{Said} at door A")).Succeeded();
        log.IsBroken = true;
        await ada.Post("send", ("message", $"{Said} that cannot be stored"));
        log.IsBroken = false;
        log.HasBug = true;
        await ada.Post("send", ("message", $"{Said} that meets a bug"));
        log.HasBug = false;

        Assert.Contains(logged.All, l => l.Text.Contains("broken by the test", StringComparison.Ordinal));
        Assert.Contains(logged.All, l => l.Category.EndsWith("GmsBindings", StringComparison.Ordinal)); // at Debug
        Assert.Contains(logged.All, l => l.Text.Contains("a bug of the test's", StringComparison.Ordinal));
        Assert.Equal([], Betraying(logged, "", Said));
        string[] keys = [ada.SecureKey, pushed.SecureKey, gws.Id, "secret1"];
        Assert.Equal([], keys.SelectMany(key => Betraying(logged, "Parley", key)));
    }

    [Theory]
    [InlineData("text", "simple")]
    [InlineData("json", "json")]
    public async Task The_log_is_written_as_text_or_as_JSON(string format, string formatter)
    {
        await using var app = ParleyHost.Build(["--demo", $"--Parley:Logging:Format={format}"]);
        Assert.Equal(formatter, app.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    [Fact]
    public async Task An_entry_in_JSON_has_its_values_under_their_names()
    {
        await using var app = ParleyHost.Build(["--demo", "--Parley:Logging:Format=json"]);
        var json = app.Services.GetServices<ConsoleFormatter>().Single(f => f.Name == "json");
        using var written = new StringWriter();
        KeyValuePair<string, object?>[] values = [new("Chat", "c1"), new("{OriginalFormat}", "Chat {Chat} waits")];
        json.Write(
            new LogEntry<KeyValuePair<string, object?>[]>(
                LogLevel.Warning, "Parley.Server.Hosting.Router", 7, values, null, (_, _) => "Chat c1 waits"),
            null, written);

        var entry = JsonNode.Parse(written.ToString())!;
        Assert.Equal("Warning", entry["LogLevel"]!.GetValue<string>());
        Assert.Equal("c1", entry["State"]!["Chat"]!.GetValue<string>());
        Assert.EndsWith("Z", entry["Timestamp"]!.GetValue<string>());
        Assert.Equal(1, written.ToString().Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Microsoft.AspNetCore.Routing.EndpointMiddleware")]
    public async Task Requests_are_not_logged_below_warning(string category)
    {
        await using var app = ParleyHost.Build(["--demo"]);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    private static IEnumerable<string> Betraying(LoggedEverything logged, string category, string secret) => logged.All
        .Where(l => l.Category.StartsWith(category, StringComparison.Ordinal)
            && l.Text.Contains(secret, StringComparison.OrdinalIgnoreCase))
        .Select(l => $"{l.Category}: {l.Text}");
}
