using System.Collections.Frozen;
using System.Globalization;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// Which items of a collection a request asks for: filters <c>{field}=value</c>, an order <c>sortBy=field,field</c>, and a page
/// of it, <c>limit</c> and <c>offset</c>.
/// </summary>
/// <remarks>
/// A filter lists exact values of which one must be there; <c>*</c> is any. Fields that a resource does not have are ignored:
/// clients add parameters of their own. As a parameter of an endpoint under <c>/api</c> it is always well-formed.
/// Source: "Filtering and Sorting".
/// </remarks>
internal sealed class Selection
{
    private const string Any = "*";

    private readonly IQueryCollection query;
    private readonly int limit;
    private readonly int offset;
    private readonly bool isPaged;

    private Selection(IQueryCollection query, int maxPageSize)
    {
        this.query = query;
        isPaged = query.ContainsKey("limit") || query.ContainsKey("offset");
        limit = Math.Min(Number("limit", int.MaxValue), maxPageSize);
        offset = Number("offset", 0);
    }

    private Rejection? Refused { get; set; }

    public static ValueTask<Selection?> BindAsync(HttpContext context) => ValueTask.FromResult<Selection?>(
        new Selection(context.Request.Query, context.RequestServices.GetRequiredService<RestOptions>().MaxPageSize));

    /// <summary>The filter that answers for endpoints whose selection is malformed.</summary>
    public static ValueTask<object?> AnswerMalformed(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is Selection { Refused: { } refused })
                return ValueTask.FromResult<object?>(ApiAnswer.Refused(refused));
        }
        return next(context);
    }

    /// <summary>The page that is asked for: at most <c>Parley:Rest:MaxPageSize</c> items, counted if that is not all.</summary>
    public Page<T> Of<T>(IEnumerable<T> items, Columns<T> columns)
    {
        List<T> matching = [.. Sorted(items.Where(Filter(columns)), columns)];
        List<T> page = [.. matching.Skip(offset).Take(limit)];
        return new(page, matching.Count, isPaged || page.Count < matching.Count);
    }

    private Func<T, bool> Filter<T>(Columns<T> columns)
    {
        var filters = new List<Func<T, bool>>();
        foreach (var (field, text) in query)
        {
            var wanted = CommaList.Of(text).ToHashSet(StringComparer.Ordinal);
            if (wanted.Count == 0 || columns.Find(field) is not { } values) continue;
            filters.Add(wanted.Contains(Any) ? item => values(item).Any() : item => values(item).Any(wanted.Contains));
        }
        return item => filters.TrueForAll(filter => filter(item));
    }

    private IEnumerable<T> Sorted<T>(IEnumerable<T> items, Columns<T> columns)
    {
        IOrderedEnumerable<T>? sorted = null;
        foreach (var values in CommaList.Of(query["sortBy"]).Select(columns.Find).OfType<Func<T, IEnumerable<string>>>())
        {
            (int, long, string) Key(T item) => Place(values(item).FirstOrDefault());
            sorted = sorted is null ? items.OrderBy(Key) : sorted.ThenBy(Key);
        }
        return sorted ?? items;
    }

    /// <summary>Numbers by size, then texts without regard to case, then what is not there.</summary>
    private static (int, long, string) Place(string? value) =>
        value is null ? (2, 0, "")
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (0, number, "")
        : (1, 0, value.ToUpperInvariant());

    private int Number(string parameter, int otherwise)
    {
        var text = query[parameter].ToString();
        if (text.Length == 0) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Refused ??= new(Reason.InvalidInState, $"Parameter '{parameter}' must be a whole number, 0 or more.");
        return otherwise;
    }
}

/// <summary>The fields by which items can be filtered and sorted, each with its values as texts.</summary>
internal sealed class Columns<T>(params IEnumerable<(string Field, Func<T, IEnumerable<string>> Values)> columns)
{
    private readonly FrozenDictionary<string, Func<T, IEnumerable<string>>> byField =
        columns.ToFrozenDictionary(c => c.Field, c => c.Values, StringComparer.Ordinal);

    /// <summary>The values of a field, such as <c>skills.name</c>; null if there is no such field.</summary>
    public Func<T, IEnumerable<string>>? Find(string field) => byField.GetValueOrDefault(field);
}
