namespace Parley.Server;

/// <summary>Everything that is wrong with settings and files at start, gathered so that it is reported at once.</summary>
internal sealed class SetupErrors
{
    private readonly List<string> errors = [];

    public void Add(string error) => errors.Add(error);

    public void AddRange(IEnumerable<string> more) => errors.AddRange(more);

    /// <summary>The gathering that belongs to this start.</summary>
    public static SetupErrors Of(IHostApplicationBuilder builder)
    {
        if (builder.Properties.TryGetValue(typeof(SetupErrors), out var found)) return (SetupErrors)found;
        var created = new SetupErrors();
        builder.Properties[typeof(SetupErrors)] = created;
        return created;
    }

    /// <summary>Refuses the start if anything was wrong.</summary>
    public void RefuseStart()
    {
        if (errors.Count > 0) throw new StartRefusedException(errors);
    }
}

/// <summary>The start is refused; the message lists every error, one per line, for the operator.</summary>
internal sealed class StartRefusedException(IReadOnlyList<string> errors)
    : Exception("Parley cannot start:" + string.Concat(errors.Select(e => $"{Environment.NewLine}  - {e}")))
{
    public IReadOnlyList<string> Errors => errors;
}
