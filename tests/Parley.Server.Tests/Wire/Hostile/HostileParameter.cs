namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>A parameter that an operation reads, and what is to become of any text in it.</summary>
/// <param name="Limit">The most characters it takes.</param>
/// <param name="Beside">Further fields without which the operation makes no sense.</param>
internal sealed record HostileParameter(
    string Operation, string Name, int Limit, Func<string, Verdict> Becomes, params (string Name, string Value)[] Beside)
{
    /// <summary>Whether an array is refused; else it is joined to a text, or nobody reads it.</summary>
    private bool RefusesArrays => !Name.StartsWith("userData[", StringComparison.Ordinal) && Name is not ("alias" or "userId");

    /// <summary>Sends every hostile value and checks what becomes of each.</summary>
    public async Task Try(HostileLine line, Spelling spelling)
    {
        await line.Move("the beginning");
        foreach (var value in Values(spelling))
            await line.Try(
                $"{Operation} {Name} ({spelling}) {value.Name}", For(value),
                () => line.Ask(Operation, Body(line.Head(Operation, spelling), value, spelling), spelling));
        await line.GoesOn($"{Operation} {Name} ({spelling})");
    }

    public IEnumerable<HostileValue> Values(Spelling spelling) =>
        HostileValue.For(Limit, spelling).Where(value => RefusesArrays || !value.IsArray);

    public Verdict For(HostileValue value) => value.Text is null ? Verdict.Refused : Becomes(value.Text);

    /// <summary>The body of a request, other fields first.</summary>
    public string Body(string head, HostileValue value, Spelling spelling)
    {
        var wire = value.Wire.Replace("{name}", Name, StringComparison.Ordinal);
        return spelling == Spelling.Form
            ? $"{head}{string.Concat(Beside.Select(b => $"{b.Name}={b.Value}&"))}{Name}={wire}"
            : $$"""{{{head}}{{string.Concat(Beside.Select(b => $"\"{b.Name}\":\"{b.Value}\","))}}"{{Name}}":{{wire}}}""";
    }
}
