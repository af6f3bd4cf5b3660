using System.Net;
using System.Net.Sockets;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Files;

/// <summary>The operator's scanner looks at a file before anybody gets it.</summary>
public sealed class FileScanTests : IDisposable
{
    private readonly DataFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task The_program_is_given_the_file_and_says_that_it_is_clean()
    {
        var copy = Path.Combine(data.Path, "seen");
        await using var server = await FileServer.Start(data, null, Script($"cp \"$1\" {copy}"));
        using var ada = await server.Ask();
        await ada.Send("$(touch x).png", FileCustomer.Png);
        Assert.Equal(FileCustomer.Png, await File.ReadAllBytesAsync(copy));
    }

    [Fact]
    public async Task What_the_program_finds_harmful_is_refused_and_not_stored()
    {
        await using var server = await FileServer.Start(data, null, Script("echo found; exit 1"));
        using var ada = await server.Ask();
        var answer = await ada.Upload("1.png", FileCustomer.Png);
        Assert.Equal((400, 203), (answer.Http, Assert.Single(answer.ErrorCodes)));
        await NothingCameOfIt(ada);
    }

    [Theory]
    [InlineData("exit 2")]
    [InlineData("kill -9 $$")]
    public async Task When_the_program_cannot_tell_the_sender_may_try_again(string script)
    {
        await using var server = await FileServer.Start(data, null, Script(script));
        await CannotTell(server);
    }

    [Fact]
    public async Task A_program_that_is_not_there_lets_nothing_through()
    {
        await using var server = await FileServer.Start(data, null, "Parley:Files:ScanCommand=/nowhere/scanner");
        await CannotTell(server);
    }

    [Fact]
    public async Task While_the_program_looks_nobody_sees_the_file_and_it_is_not_waited_for_for_ever()
    {
        var clock = new ManualTime();
        var began = Path.Combine(data.Path, "began");
        await using var server = await FileServer.Start(
            data, clock, Script($"echo $$ > {began}.new; mv {began}.new {began}; exec sleep 600"),
            "Parley:Files:ScanTimeoutMs=1000");
        using var ada = await server.Ask();
        var upload = ada.Upload("1.png", FileCustomer.Png);
        await Eventually.True(() => Task.FromResult(File.Exists(began)));
        Assert.Single(await ada.Messages());
        Assert.False(upload.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await upload).StatusCode);
        await NothingCameOfIt(ada);
        var scanner = int.Parse(await File.ReadAllTextAsync(began));
        await Eventually.True(() => Task.FromResult(!File.Exists($"/proc/{scanner}/exe")));
    }

    [Theory]
    [InlineData(200, 0, null)]
    [InlineData(204, 0, null)]
    [InlineData(406, 2, 203)]
    [InlineData(429, 1, null)]
    [InlineData(500, 1, null)]
    [InlineData(302, 1, null)]
    public async Task An_address_is_posted_the_content_and_answers_by_its_status(int status, int statusCode, int? code)
    {
        using var scanner = Scanner(out var address);
        await using var server = await FileServer.Start(data, null, $"Parley:Files:ScanUrl={address}");
        using var ada = await server.Ask();
        var upload = ada.Upload("1.png", FileCustomer.Png);

        var request = await scanner.GetContextAsync();
        Assert.Equal(("POST", "application/octet-stream"), (request.Request.HttpMethod, request.Request.ContentType));
        var content = new MemoryStream();
        await request.Request.InputStream.CopyToAsync(content);
        Assert.Equal(FileCustomer.Png, content.ToArray());
        Assert.Single(await ada.Messages());
        request.Response.StatusCode = status;
        if (status == 302) request.Response.RedirectLocation = "/elsewhere";
        request.Response.Close();

        var answer = await upload;
        Assert.Equal((statusCode, code), (answer.StatusCode, answer.ErrorCodes.Count == 0 ? null : answer.ErrorCodes[0]));
        if (statusCode == 0) Assert.Single(data.Stored);
        else await NothingCameOfIt(ada);
    }

    [Fact]
    public async Task An_address_where_nobody_answers_lets_nothing_through()
    {
        string address;
        using (Scanner(out address))
        {
        }
        await using var server = await FileServer.Start(data, null, $"Parley:Files:ScanUrl={address}");
        await CannotTell(server);
    }

    [Theory]
    [InlineData("Parley:Files:ScanUrl=file:///etc/passwd")]
    [InlineData("Parley:Files:ScanUrl=http://127.0.0.1/", "Parley:Files:ScanCommand=/bin/true")]
    public async Task A_scanner_that_makes_no_sense_refuses_the_start(params string[] settings) =>
        await Assert.ThrowsAsync<StartRefusedException>(() => FileServer.Start(data, null, settings));

    private async Task CannotTell(FileServer server)
    {
        using var ada = await server.Ask();
        var answer = await ada.Upload("1.png", FileCustomer.Png);
        Assert.Equal((200, 1, false), (answer.Http, answer.StatusCode, answer.ChatEnded));
        await NothingCameOfIt(ada);
    }

    private async Task NothingCameOfIt(FileCustomer customer)
    {
        await Eventually.True(() => Task.FromResult(data.Stored.Count == 0));
        Assert.Single(await customer.Messages());
    }

    private static string Script(string script) => $"Parley:Files:ScanCommand=/bin/sh,-c,{script},scan";

    private static HttpListener Scanner(out string address)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/scan/";
        probe.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add(address);
        listener.Start();
        return listener;
    }
}
