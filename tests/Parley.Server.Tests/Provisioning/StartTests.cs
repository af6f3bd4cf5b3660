using Parley.Server.Provisioning;

namespace Parley.Server.Tests.Provisioning;

public sealed class StartTests
{
    private static IReadOnlyList<string> Refused(params string[] args) =>
        Assert.Throws<StartRefusedException>(() => ParleyHost.Build(args)).Errors;

    [Fact]
    public void Everything_that_is_wrong_with_the_settings_is_listed_at_once() => Assert.Equal(
        [
            "--bogus: is not an option. --help lists the options.",
            "--demo: its passwords are public, so it listens on loopback addresses only; http://0.0.0.0:8090 is not one.",
            "Parley:Accounts:EnableCsrfProtection: 'perhaps' is not true or false.",
            "Parley:Accounts:Nothing: is not a setting.",
            "Parley:Accounts:SessionIdleMs: 'soon' is not a whole number in range.",
            "Parley:Accounts:MaxSessions: The field MaxSessions must be between 1 and 1000000.",
            "Parley:CrossOrigin:AllowedOrigins: 'example.org' is not an origin such as https://desk.example.org or http://*.example.org.",
            "Parley:Rest:ExternalBaseUrl: 'desk' is not an address such as https://desk.example.org.",
            "Parley:Nowhere: is not a section of settings.",
        ],
        Refused(
            "--demo", "--bogus", "--urls", "http://127.0.0.1:0;http://0.0.0.0:8090",
            "--Parley:Accounts:SessionIdleMs=soon", "--Parley:Accounts:Nothing=1", "--Parley:Accounts:MaxSessions=0",
            "--Parley:Accounts:EnableCsrfProtection=perhaps", "--Parley:CrossOrigin:AllowedOrigins=example.org",
            "--Parley:Rest:ExternalBaseUrl", "desk", "--Parley:Nowhere:X=1"));

    [Theory]
    [InlineData("Parley:Routing:DisappearanceGraceMs")]
    [InlineData("Parley:Routing:SilenceWithoutNotificationsMs")]
    [InlineData("Parley:Customers:SilenceTimeoutMs")]
    public void Where_nodes_share_a_database_nobody_is_given_up_before_the_others_can_have_said_whom_they_see(string patience)
    {
        string[] shared = ["--demo", "--postgres", "Host=127.0.0.1;Port=1", "--Parley:Node:SightingsMs=2000"];
        var refusal = Assert.Single(Refused([.. shared, $"--{patience}=5999"]));
        Assert.StartsWith($"{patience}: must be at least 3 times", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Refused([.. shared, $"--{patience}=6000", "--bogus"]), e => e.StartsWith(patience, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Refused("--demo", "--Parley:Node:SightingsMs=2000", $"--{patience}=1000", "--bogus"),
            e => e.StartsWith(patience, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://*:8090")]
    [InlineData("http://+:8090")]
    [InlineData("http://0.0.0.0:8090")]
    [InlineData("http://[::]:8090")]
    [InlineData("http://192.0.2.1:8090")]
    [InlineData("https://desk.example.org")]
    [InlineData("http://localhost.example.org:8090")]
    public void The_demonstration_listens_on_loopback_addresses_only(string address) =>
        Assert.Contains(address, Assert.Single(Refused("--demo", "--urls", address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:8090")]
    [InlineData("http://127.0.0.1:8090;http://[::1]:8090")]
    public async Task The_demonstration_accepts_every_loopback_address(string address)
    {
        await using var app = ParleyHost.Build(["--demo", "--urls", address]);
        Assert.True(app.Services.GetService(typeof(ContactCenter)) is ContactCenter);
    }

    [Fact]
    public void A_missing_file_is_named_and_the_demonstration_proposed()
    {
        var error = Assert.Single(Refused("--center", "/nowhere/contact-center.json"));
        Assert.Contains("/nowhere/contact-center.json", error, StringComparison.Ordinal);
        Assert.Contains("--demo", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "users": [ { "userName": "ana" } ], "x": 1 }""", "name: is required.", "users[0].passwordHash: is required.", "x: is not known here.")]
    [InlineData("{ \n\n ]", "line 3: is not JSON. ")]
    [InlineData(null, "has 2000 bytes; 1024 are allowed.")]
    public void A_wrong_file_is_refused_with_all_its_errors(string? text, params string[] errors)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text ?? new string(' ', 2_000));
            var refused = Refused("--center", file, "--Parley:Provisioning:MaxFileBytes=1024");
            Assert.Equal(errors.Length, refused.Count);
            Assert.All(refused.Zip(errors), r => Assert.StartsWith($"{file}: {r.Second}", r.First));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_command_line_has_short_forms_and_takes_any_setting()
    {
        var line = CommandLine.Parse(
            [
                "--demo", "--data", "/d", "--center=/c", "--urls", "http://x", "--Parley:Rest:MaxJsonDepth=9",
                "--Logging:X:Y", "z",
            ]);
        Assert.Empty(line.Errors);
        Assert.Equal(
            [
                "Logging:X:Y=z", "Parley:Data:Directory=/d", "Parley:Provisioning:Demo=true", "Parley:Provisioning:File=/c",
                "Parley:Rest:MaxJsonDepth=9", "urls=http://x",
            ],
            line.Settings.Select(s => $"{s.Key}={s.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(2, CommandLine.Parse(["stray", "--data"]).Errors.Count);
    }

    [Fact]
    public void What_to_try_is_printed_for_the_address_it_listens_on()
    {
        var hints = Demo.Hints("http://127.0.0.1:1234");
        Assert.Contains(
            "curl -u agent1:secret1 'http://127.0.0.1:1234/api/v2/me?subresources=*'", hints, StringComparison.Ordinal);
        Assert.Contains("this machine only", hints, StringComparison.Ordinal);
    }
}
