using System.Text;
using System.Text.Json;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>The reader of payloads against a naive one: what either accepts or refuses, and reads, the other does.</summary>
public sealed class ReaderFuzzTests
{
    private const int MaxMessages = 256;

    [Fact]
    public void The_reader_reads_what_a_plain_reading_of_the_document_says() => Compare(20_000);

    [Fact(Explicit = true)]
    public void The_reader_reads_what_a_plain_reading_of_a_million_documents_says() =>
        Compare(Chance.Cases(unlessSet: 1_000_000));

    private static void Compare(int cases)
    {
        var random = Chance.New();
        var payloads = new RandomPayload(random);
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < cases; i++)
        {
            var payload = payloads.Next();
            var outcome = Compare(payload);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }
        Chance.Say($"{cases} payloads: {string.Join(", ", outcomes.OrderBy(o => o.Key))}; {GC.GetTotalMemory(true) / 1024} KiB");
        foreach (var fault in Enum.GetNames<PayloadFault>())
            Assert.True(outcomes.GetValueOrDefault(fault) > cases / 1000, $"hardly any payload is {fault}");
    }

    private static string Compare(byte[] payload)
    {
        var messages = new List<BayeuxMessage>();
        var fault = BayeuxReader.Read(payload, MaxMessages, messages);
        if (NaiveReader.Read(payload, MaxMessages) is not { } naive) return "halves of surrogate pairs";

        // after the last message that is allowed nothing is read, so it may be any rubbish
        var isSame = fault == naive.Fault || (fault is PayloadFault.TooMany && naive.Fault is PayloadFault.Malformed);
        Assert.True(isSame, $"{fault}, not {naive.Fault}: {Show(payload)}");
        if (fault is not PayloadFault.None) return fault.ToString();

        Assert.Equal(naive.Messages.Count, messages.Count);
        foreach (var (read, plain) in messages.Zip(naive.Messages)) Assert.True(IsSame(read, plain), Show(payload));
        return fault.ToString();
    }

    private static bool IsSame(BayeuxMessage read, Dictionary<string, JsonElement> plain)
    {
        var isNumber = plain.TryGetValue("id", out var number) && number.ValueKind is JsonValueKind.Number;
        var id = isNumber ? number.GetRawText() : NaiveReader.TextOf(plain, "id");
        var isLegal = id is { Length: > 0 }
            ? id.Length <= 64 && id.All(char.IsAsciiLetterOrDigit)
            : NaiveReader.RawOf(plain, "id") is "" or "null";
        return read.HasChannel == (NaiveReader.RawOf(plain, "channel") is not ("" or "null"))
            && read.Channel == NaiveReader.TextOf(plain, "channel")
            && Is(read.ChannelJson, read.Channel is null ? "" : NaiveReader.RawOf(plain, "channel"))
            && read.ClientId == NaiveReader.TextOf(plain, "clientId")
            && read.HasLegalId == isLegal && read.Id == (isLegal ? id : null)
            && Is(read.Data, NaiveReader.RawOf(plain, "data"))
            && Is(read.Ext, NaiveReader.RawOf(plain, "ext"))
            && Is(read.Subscription, NaiveReader.RawOf(plain, "subscription"))
            && read.Advice == AdviceOf(plain)
            && (TypesOf(plain) is { } types ? read.ConnectionTypes!.SequenceEqual(types) : read.ConnectionTypes is null);
    }

    private static RequestedAdvice? AdviceOf(Dictionary<string, JsonElement> plain) =>
        plain.TryGetValue("advice", out var advice) && advice.ValueKind is JsonValueKind.Object
            ? new(NaiveReader.MillisecondsOf(advice, "timeout"), NaiveReader.MillisecondsOf(advice, "interval"))
            : null;

    private static IEnumerable<string>? TypesOf(Dictionary<string, JsonElement> plain) =>
        plain.TryGetValue("supportedConnectionTypes", out var types) && types.ValueKind is JsonValueKind.Array
            ? types.EnumerateArray().Where(type => type.ValueKind is JsonValueKind.String).Select(type => type.GetString()!)
            : null;

    private static bool Is(ReadOnlyMemory<byte> read, string plain) => Encoding.UTF8.GetString(read.Span) == plain;

    private static string Show(byte[] payload) => $"{Encoding.UTF8.GetString(payload)}\n{Convert.ToHexString(payload)}";
}
