namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>
/// Hostile values in every parameter of a running chat: a clear answer, nothing left of what is refused, everybody shown what is
/// taken as the text it is, and the chat goes on.
/// </summary>
public sealed class HostileParameterTests(HostileDesk desk) : IClassFixture<HostileDesk>
{
    public static TheoryData<string, string> Gms => Rows(HostileTables.Gms);

    public static TheoryData<string, string> Gws => Rows(HostileTables.Gws);

    public static TheoryData<string, string> Cometd => Rows(HostileTables.Cometd);

    [Theory]
    [MemberData(nameof(Gms))]
    public async Task Over_rest(string operation, string name)
    {
        await using var line = await GmsLine.Open(desk);
        foreach (var spelling in Enum.GetValues<Spelling>())
            await Of(HostileTables.Gms, operation, name).Try(line, spelling);
    }

    [Theory]
    [MemberData(nameof(Gws))]
    public async Task Over_customer_chat(string operation, string name)
    {
        await using var line = await GwsLine.Open(desk);
        await Of(HostileTables.Gws, operation, name).Try(line, Spelling.Json);
    }

    [Theory]
    [MemberData(nameof(Cometd))]
    public async Task Over_cometd(string operation, string name)
    {
        await using var line = await CometdLine.Open(desk);
        await Of(HostileTables.Cometd, operation, name).Try(line, Spelling.Json);
    }

    [Theory]
    [InlineData("{\"transcriptPosition\":-1}")]
    [InlineData("{\"transcriptPosition\":1e999}")]
    [InlineData("{\"transcriptPosition\":{\"a\":[]}}")]
    [InlineData("{\"transcriptPosition\":\"\\ud800\"}")]
    public async Task A_position_in_a_farewell_over_cometd_is_one_or_is_nothing(string ext)
    {
        await using var line = await CometdLine.Open(desk);
        await line.Move("the beginning");
        var before = await desk.Stored();
        Assert.True(await line.Farewell(ext));
        Assert.Equal(before, await desk.Stored());
        await line.Move(ext);
    }

    private static HostileParameter Of(HostileParameter[] table, string operation, string name) =>
        table.Single(p => (p.Operation, p.Name) == (operation, name));

    private static TheoryData<string, string> Rows(HostileParameter[] table)
    {
        var rows = new TheoryData<string, string>();
        foreach (var parameter in table) rows.Add(parameter.Operation, parameter.Name);
        return rows;
    }
}
