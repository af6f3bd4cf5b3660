using System.Net;
using Parley.Server.Accounts;
using Parley.Server.Provisioning;
using Parley.Server.Tests.Provisioning;
using Parley.Testing;

namespace Parley.Server.Tests.Accounts;

public sealed class PasswordCheckTests
{
    private static readonly IPAddress Here = IPAddress.Loopback;
    private static readonly BasicCredentials Ana = new("ana", TestCenter.Password);

    private readonly ManualTime time = new();
    private readonly ContactCenter center =
        ContactCenterReader.Read(System.Text.Encoding.UTF8.GetBytes(TestCenter.Text()), 1 << 20).Center!;

    private PasswordCheck Check(AccountsOptions? options = null) => new(options ?? new AccountsOptions(), center, time);

    [Fact]
    public async Task Right_credentials_are_remembered_and_wrong_ones_never()
    {
        using var check = Check(new AccountsOptions { MaxFailedAttempts = 1 });
        Assert.NotNull((await check.Check(Ana, Here, default)).User);
        Assert.Null((await check.Check(new("ana", "wrong"), Here, default)).User);
        // the one failure used up the attempts, so only what is remembered still gets in
        Assert.NotNull((await check.Check(Ana, Here, default)).User);
        Assert.NotNull((await check.Check(new("ana", "wrong"), Here, default)).TryAgainAfter);

        time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.NotNull((await check.Check(Ana, Here, default)).User);
    }

    [Fact]
    public async Task Failures_are_counted_per_address_and_user_without_regard_to_case()
    {
        using var check = Check(new AccountsOptions { MaxFailedAttempts = 2 });
        await check.Check(new("ana", "wrong"), Here, default);
        await check.Check(new("ANA", "wrong"), Here, default);
        Assert.NotNull((await check.Check(Ana, Here, default)).TryAgainAfter);
        Assert.NotNull((await check.Check(Ana, IPAddress.Parse("192.0.2.1"), default)).User);
    }

    [Fact]
    public async Task When_too_many_passwords_wait_to_be_hashed_the_next_is_told_to_come_again()
    {
        using var check = Check(new AccountsOptions { MaxConcurrentHashes = 1, MaxWaitingHashes = 0 });
        using var start = new ManualResetEventSlim();
        var attempts = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            start.Wait();
            return await check.Check(new($"nobody{i}", "wrong"), Here, default);
        })).ToArray();
        start.Set();
        var verdicts = await Task.WhenAll(attempts);

        Assert.All(verdicts, v => Assert.Null(v.User));
        Assert.Contains(verdicts, v => v.TryAgainAfter is null);
        Assert.NotNull((await check.Check(Ana, Here, default)).User);
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_the_oldest_goes_first()
    {
        var memory = new ShortMemory<int, int>(3, TimeSpan.FromSeconds(10), time);
        for (var i = 0; i < 5; i++) memory.Put(i, i, n => n);
        Assert.Equal([false, false, true, true, true], Enumerable.Range(0, 5).Select(i => memory.TryGet(i, out _)));

        time.Advance(TimeSpan.FromSeconds(4));
        memory.Put(4, 0, n => n * 2);
        Assert.True(memory.TryGet(4, out var four) && four == 8);
        Assert.Equal(TimeSpan.FromSeconds(6), memory.TimeLeft(4));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(memory.TryGet(4, out _));
        Assert.Null(memory.TimeLeft(4));
    }

    [Fact]
    public void The_command_reads_a_password_and_prints_a_hash_that_the_file_accepts()
    {
        using var output = new StringWriter();
        Assert.Equal(0, HashPasswordCommand.Run(new StringReader("s3cret!\n"), output, TextWriter.Null));
        var hash = output.ToString().Trim();
        Assert.True(Passwords.IsHash(hash));
        Assert.True(Passwords.Verify(hash, "s3cret!"));
        Assert.False(Passwords.Verify(hash, "s3cret"));
        Assert.Equal(1, HashPasswordCommand.Run(new StringReader(""), output, TextWriter.Null));
    }
}
