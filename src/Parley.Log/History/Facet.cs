using System.Security.Cryptography;
using System.Text;

namespace Parley.Log.History;

/// <summary>Something that chats have in common and can be found by: a name and a value, as a hash.</summary>
/// <param name="Hash">Of the same size however long the value is, and it does not tell the value.</param>
public readonly record struct Facet(Guid Hash)
{
    public static Facet OfContact(ContactId contact) => Of("contact", contact.Value);

    /// <summary>The agent took part.</summary>
    public static Facet OfAgent(AgentId agent) => Of("agent", agent.Value);

    /// <summary>The chat was in the queue.</summary>
    public static Facet OfQueue(QueueName queue) => Of("queue", queue.Value);

    public static Facet OfDisposition(string disposition) => Of("disposition", disposition);

    /// <summary>A pair of user data, the value as it is written: the text 7 and the number 7 are the same.</summary>
    public static Facet OfData(string name, string value) => Of($"data/{name}", value);

    private static Facet Of(string name, string value) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\0{value}")).AsSpan(0, 16)));
}
