namespace Parley.Server.Tests.Durability;

/// <summary>Compares what clients were told with what the server tells in the end; knows nothing but the wire.</summary>
internal static class StoryChecker
{
    /// <summary>Everything that is wrong with a chat.</summary>
    /// <param name="told">The chat as door B tells it from position 1, after the last restart.</param>
    public static IEnumerable<string> Faults(ChatRecord chat, CustomerView told)
    {
        chat.AddSeen(told.Entries);
        return chat.Contradictions
            .Concat(IndexFaults(chat, told))
            .Concat(chat.Sent.SelectMany(sender => TextFaults(chat, sender.Value, told)))
            .Concat(StrangeTexts(chat, told))
            .Concat(chat.EndAcknowledged && !told.HasEnded ? [$"chat {chat.Id} was over and is open again"] : []);
    }

    /// <summary>
    /// Indexes ascend, and together with what agents read there is none missing. Beyond what agents read of the ended chat,
    /// typing notices may be missing: customers are not sent all of them.
    /// </summary>
    private static IEnumerable<string> IndexFaults(ChatRecord chat, CustomerView told)
    {
        var indexes = told.Entries.Select(entry => entry.Index).ToArray();
        if (!indexes.SequenceEqual(indexes.Distinct().Order()))
            yield return $"chat {chat.Id}: the customer reads the indexes {string.Join(' ', indexes)}";

        var last = chat.Seen.Keys.DefaultIfEmpty().Max();
        var missing = Enumerable.Range(1, last).Where(index => !chat.Seen.ContainsKey(index)).ToArray();
        if (missing.Any(index => index <= chat.WholeUpTo) || missing.Length > chat.TypingSent)
            yield return $"chat {chat.Id}: nobody ever read the indexes {string.Join(' ', missing)} of {last}";
    }

    /// <summary>Acknowledged: once and in order. Refused: never. Unknown: at most once.</summary>
    private static IEnumerable<string> TextFaults(ChatRecord chat, IReadOnlyList<SentText> sent, CustomerView told)
    {
        var before = 0;
        foreach (var message in sent)
        {
            var found = told.Entries.Where(entry => entry.Text == message.Text).Select(entry => entry.Index).ToArray();
            var right = message.Fate switch
            {
                Fate.Acknowledged => found.Length == 1,
                Fate.Refused => found.Length == 0,
                _ => found.Length <= 1,
            };
            if (!right) yield return $"chat {chat.Id}: '{message.Text}' was {message.Fate} and is there {found.Length} times";
            if (message.Fate != Fate.Acknowledged || found.Length == 0) continue;
            if (found[0] <= before)
                yield return $"chat {chat.Id}: '{message.Text}' has index {found[0]}, the one before it {before}";
            before = found[0];
        }
    }

    private static IEnumerable<string> StrangeTexts(ChatRecord chat, CustomerView told)
    {
        var known = chat.Sent.Values.SelectMany(texts => texts).Select(message => message.Text).ToHashSet();
        return told.Entries
            .Where(entry => entry.IsText && !known.Contains(entry.Text!))
            .Select(entry => $"chat {chat.Id}: nobody of this chat sent '{entry.Text}'");
    }
}

/// <summary>A chat as its customer can read it after the fact.</summary>
internal sealed record CustomerView(IReadOnlyList<Entry> Entries, bool HasEnded)
{
    /// <summary>Reads a chat from position 1, page by page; null if the server does not tell it.</summary>
    public static async Task<CustomerView?> ReadAsync(WireClient wire, ChatRecord chat, CancellationToken cancel)
    {
        var entries = new List<Entry>();
        for (var position = 1; ;)
        {
            var form = new Dictionary<string, string>
            {
                ["secureKey"] = chat.SecureKey!,
                ["transcriptPosition"] = position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            var reply = await wire.PostFormAsync($"/genesys/2/chat/customer-support/{chat.Id}/refresh", form, null, cancel);
            if (reply.Fate != Fate.Acknowledged) return null;
            var page = Entry.ListFrom(reply.Body);
            entries.AddRange(page);
            var next = reply.Body.GetProperty("nextPosition").GetInt32();
            if (page.Count == 0 || next <= position)
                return new CustomerView(entries, reply.Body.GetProperty("chatEnded").GetBoolean());
            position = next;
        }
    }
}
