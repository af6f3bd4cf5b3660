using System.Text.Json;
using Parley.Log.History;
using Parley.Server.Accounts;
using Parley.Server.History;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest;

/// <summary>Reads what a question about the history asks for; what is missing or wrong refuses the body.</summary>
/// <remarks>Source: CHGetInteractions; CHGetContactInteractions.</remarks>
internal sealed class HistoryParameters(HistoryOptions options, ChatsOptions chats, ContactCenter center, TimeProvider time)
{
    private const string Chat = "chat";

    /// <summary>The media that the published page knows; all but one have nothing to show here.</summary>
    public static readonly IReadOnlyList<string> Media =
        [Chat, "call", "email", "facebook", "facebooksession", "openmedia", "twitter", "workitem"];

    /// <summary>Which chats are asked for.</summary>
    /// <param name="contact">Whose chats; null for those of anybody.</param>
    public HistoryQuery Query(SignedInUser me, RequestBody body, ContactId? contact)
    {
        var (from, before) = Span(body);
        DemandMain(body);
        if (body.BoundedText("contactId", chats.MaxNameLength) is { } named) contact ??= new ContactId(named);
        var query = new HistoryQuery(from, before)
        {
            Order = OneOf(body, "sort", "desc", "asc") == "asc" ? HistoryOrder.OldestFirst : HistoryOrder.NewestFirst,
            Facets = [.. Facets(me, body, contact), .. Attributes(body)],
            Said = Said(body),
            Clearance = HistoryAccess.ClearanceOf(me.User),
            Offset = Number(body, "offset", 0, 0, options.MaxCounted),
            Limit = Number(body, "maxSize", Math.Min(100, options.MaxResults), 1, options.MaxResults),
            CountLimit = options.MaxCounted,
        };
        // of other media there is nothing
        return OneOf(body, "mediaType", [Chat, .. Media]) == Chat ? query : query with { Before = query.From };
    }

    /// <summary>The names of the user data that is asked for with each chat.</summary>
    public IReadOnlyList<string> Names(RequestBody body)
    {
        var names = body.Texts("customAttributes") ?? [];
        if (names.Count > options.MaxConditions || names.Any(name => name.Length > chats.MaxNameLength))
            body.Refuse(
                Reason.OutOfRange,
                $"Parameter 'customAttributes' may have {options.MaxConditions} names of {chats.MaxNameLength} characters each.");
        return names;
    }

    private (DateTimeOffset From, DateTimeOffset Before) Span(RequestBody body)
    {
        var (lastFrom, before) = Moment(body, "toDate", HistoryDates.DayOf(time.GetUtcNow()));
        var (from, _) = Moment(body, "fromDate", HistoryDates.DayOf(lastFrom.AddMonths(-1)));
        if (from >= before) body.Refuse(Reason.OutOfRange, "Parameter 'fromDate' lies after 'toDate'.");
        return (from, before);
    }

    private static (DateTimeOffset From, DateTimeOffset Before) Moment(RequestBody body, string name, string otherwise)
    {
        var text = body.Text(name);
        if (HistoryDates.Read(text ?? otherwise) is { } read) return read;
        body.Refuse(Reason.OutOfRange, $"Parameter '{name}' must be a day such as 2026-11-02, or 2026-11-02T09:14:05.000+0100.");
        return HistoryDates.Read(otherwise) ?? default;
    }

    private static void DemandMain(RequestBody body)
    {
        if (OneOf(body, "source", "main", "archive") == "archive")
            body.Refuse(Reason.InvalidInState, "There is no archive; the value of 'source' must be 'main'.");
    }

    /// <summary>Agents find their own chats, or those of a contact.</summary>
    private IEnumerable<Facet> Facets(SignedInUser me, RequestBody body, ContactId? contact)
    {
        var user = body.BoundedText("userId", chats.MaxNameLength);
        if (contact is null && !HistoryAccess.IsToAll(me.User))
        {
            if (user is not null && user != me.Id.Value)
                body.Refuse(Reason.NotPermitted, "The role Supervisor is required to see the chats of others.");
            user = me.Id.Value;
        }
        if (contact is { } whose) yield return Facet.OfContact(whose);
        if (user is not null) yield return Facet.OfAgent(new AgentId(user));
        if (body.BoundedText("queue", chats.MaxNameLength) is { } queue)
            yield return Facet.OfQueue(center.Queues.ById(queue)?.QueueName ?? new QueueName(queue));
        if (body.BoundedText("disposition", chats.MaxNameLength) is { } disposition)
            yield return Facet.OfDisposition(disposition);
    }

    private List<Facet> Attributes(RequestBody body)
    {
        var wanted = new List<Facet>();
        foreach (var pair in body.Object("searchCustomAttributes")?.EnumerateObject() ?? default)
        {
            if (ValueOf(pair.Value) is { } value) wanted.Add(Facet.OfData(pair.Name, value));
            else body.Refuse(Reason.InvalidInState, "Values of 'searchCustomAttributes' must be texts, numbers, true or false.");
        }
        if (wanted.Count > options.MaxConditions)
            body.Refuse(Reason.OutOfRange, $"Parameter 'searchCustomAttributes' may have {options.MaxConditions} members.");
        return wanted;
    }

    private static string? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Null => DataValue.Null.Written,
        _ => null,
    };

    private IReadOnlyList<Phrase> Said(RequestBody body)
    {
        if (body.BoundedText("searchText", options.MaxSearchLength) is not { Length: > 0 } text) return [];
        var phrases = SearchText.Read(text);
        if (phrases.Count == 0) body.Refuse(Reason.OutOfRange, "There is no word in parameter 'searchText'.");
        if (phrases.Count > options.MaxConditions)
            body.Refuse(Reason.OutOfRange, $"Parameter 'searchText' may have {options.MaxConditions} words or phrases.");
        return phrases;
    }

    private static int Number(RequestBody body, string name, int otherwise, int least, int most)
    {
        var number = body.Number(name) ?? otherwise;
        if (number < least || number > most)
            body.Refuse(Reason.OutOfRange, $"Parameter '{name}' must be from {least} to {most}.");
        return number;
    }

    /// <summary>One of a few values, the first if absent; in any case, since pages and samples differ.</summary>
    private static string OneOf(RequestBody body, string name, params IReadOnlyList<string> values)
    {
        var text = body.Text(name);
        if (text is null) return values[0];
        if (values.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } value) return value;
        body.Refuse(Reason.OutOfRange, $"The value of '{name}' must be one of {string.Join(", ", values.Distinct())}.");
        return values[0];
    }
}
