using System.Collections.Immutable;
using System.Text;
using Parley.Chats;
using Parley.Log.Events;
using Parley.Privacy;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting;

/// <summary>Nothing that people write gets past the masking into the log, in whichever event it is.</summary>
public sealed class MaskedEventsTests
{
    private const string Card = "4111111111111111";

    private static readonly Masking Cards = new(Cards: true, []);

    /// <summary>Words of the server, of its configuration, or of nobody.</summary>
    private static readonly HashSet<string> NotOfPeople =
    [
        "ChatRequested.Service", "ChatRequested.KeyHash", "ChatRequested.UserId", "FileRemoved.FileId", "FileFetched.FileId",
        "SystemSaid.Text", "PositionTold.Text", "IdleWarned.Text", "IdleEnded.Text", "DispositionSet.Key", "ChatQueued.Skill",
        "ChatQueued.Group",
    ];

    public static TheoryData<Type> Types =>
        [.. typeof(ChatEvent).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(ChatEvent)))];

    [Theory]
    [MemberData(nameof(Types))]
    public void No_text_of_people_in_any_event_is_stored_unmasked(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var e = (ChatEvent)constructor.Invoke(
            [.. constructor.GetParameters().Select(p => Value(type, p.Name!, p.ParameterType))]);

        var masked = MaskedEvents.Of([e], Cards).Single();

        var stored = Encoding.UTF8.GetString(EventCodec.Chat.Write(masked, default).Data.Span);
        Assert.DoesNotContain(Card, stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"b":["x 4111 1111 1111 1111",4111111111111111,1.10,null,true]}}""",
        """{"a":{"b":["x **** **** **** ****","****************",1.10,null,true]}}""")]
    [InlineData("""{ "step" : 2, "text":"caf\u00e9" }""", """{ "step" : 2, "text":"caf\u00e9" }""")]
    public void Structured_content_is_masked_inside_and_otherwise_left_as_it_was_sent(string sent, string stored) =>
        Assert.Equal(stored, ((CustomerSaid)MaskedEvents.Of([new CustomerSaid("x", null, sent)], Cards).Single()).Attributes);

    private static object? Value(Type type, string parameter, Type of)
    {
        if (of == typeof(string))
            return NotOfPeople.Contains($"{type.Name}.{parameter}") ? "x"
                : parameter == "Attributes" ? $$"""{"{{Card}}":"{{Card}}"}"""
                : Card;
        if (of == typeof(ImmutableSortedDictionary<string, DataValue>))
            return UserDataRules.Empty.Add(Card, DataValue.Of(Card));
        if (of == typeof(ImmutableArray<string>)) return ImmutableArray.Create(Card);
        if (of == typeof(ChatFile)) return new ChatFile("f1", Card, 1, "text/plain", "ab12", Card);
        if (of == typeof(ChatId)) return new ChatId("0007Qa4KX9TM002C");
        if (of == typeof(AgentId)) return new AgentId("7c1e0b5d4f5a4e07a2b6c1d93e48f001");
        if (of == typeof(QueueName)) return new QueueName("Support");
        return of.IsValueType ? Activator.CreateInstance(of) : null;
    }
}
