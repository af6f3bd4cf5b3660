using System.Diagnostics;
using System.Text;

namespace Parley.Bench.Customers;

/// <summary>A customer in the loop. What it is asked to do is done later: then it takes the next step.</summary>
internal abstract class WaitingCustomer(int number, Doors doors) : ICustomer
{
    private int messagesSeen;

    public string ChatId { get; private set; } = "";

    protected Doors Doors => doors;

    protected bool IsLeaving { get; private set; }

    /// <summary>When it asked for its chat, a <see cref="Stopwatch"/> timestamp.</summary>
    protected long Asked { get; set; }

    private bool IsIn => ChatId.Length > 0;

    /// <summary>Connects and begins a chat.</summary>
    public abstract void Open();

    /// <summary>Ends the chat and closes the connection.</summary>
    public void Leave()
    {
        IsLeaving = true;
        SayGoodbye();
    }

    /// <summary>Says something.</summary>
    /// <param name="due">When it was to be said, a <see cref="Stopwatch"/> timestamp.</param>
    public void Say(long due)
    {
        var message = doors.Stage.Journal.Begin(number, due);
        if (message < 0)
        {
            Fault("send: the journal is full");
            return;
        }
        doors.UnderWay++;
        Send(message);
    }

    public int CountSeen() => Interlocked.Increment(ref messagesSeen);

    public void Lost(string how)
    {
        if (!IsLeaving) Fault("connection: " + how);
        doors.Steps.Done();
    }

    protected abstract void Send(int message);

    protected abstract void SayGoodbye();

    /// <summary>Looks for refusals in an answer or push, and for the keys in the first one; true if they are there.</summary>
    protected bool ReadKeys(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\"statusCode\":0,"u8) < 0 || body.IndexOf("\"errors\":"u8) >= 0)
            Fault("refused: " + Field(body, "\"message\":\""u8));
        else if (!IsLeaving && body.IndexOf("\"chatEnded\":true"u8) >= 0) Fault("the chat has ended");
        if (IsIn) return false;
        ChatId = Field(body, "\"chatId\":\""u8);
        if (IsIn) doors.Stage.Created(ChatId);
        return IsIn;
    }

    protected void Fault(string kind) => doors.Stage.Faults.Add(kind);

    /// <summary>The text or number behind a name; empty if there is none.</summary>
    /// <param name="name">With the quotation marks around it and before the value.</param>
    protected static string Field(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        var at = body.IndexOf(name);
        if (at < 0) return "";
        var value = body[(at + name.Length)..];
        return Encoding.ASCII.GetString(value[..value.IndexOfAny("\",}"u8)]);
    }
}
