using System.Diagnostics;
using System.Text;
using Parley.Bench.Push.Loop;

namespace Parley.Bench.Customers;

/// <summary>A customer at door B on one kept-alive connection: one request after the other, later ones wait.</summary>
internal sealed class PollingCustomer(int number, Doors doors) : WaitingCustomer(number, doors), IHttpPlayer
{
    private readonly Queue<Request> waiting = [];
    private HttpConnection? connection;
    private byte[] send = [], refresh = [], disconnect = [];
    private byte[] identity = [];
    private string nextPosition = "1";

    public override void Open()
    {
        connection = new HttpConnection(Doors.Loop, Doors.Server, this);
        Asked = Stopwatch.GetTimestamp();
        Ask(new Request(Act.Create, Asked, 0));
    }

    /// <summary>Asks for what is new.</summary>
    /// <param name="due">When it was to ask, a <see cref="Stopwatch"/> timestamp.</param>
    public void Poll(long due)
    {
        Doors.UnderWay++;
        Ask(new Request(Act.Refresh, due, 0));
    }

    public void Answered(HttpConnection from, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var answered = waiting.Dequeue();
        if (ReadKeys(body)) TakeKeys(body);
        switch (answered.Act)
        {
            case Act.Create:
                Doors.Measures.Note(Doors.Measures.Creates, answered.Due);
                Doors.Steps.Done();
                break;
            case Act.Refresh:
                Doors.Measures.Note(Doors.Measures.Polls, answered.Due);
                Doors.UnderWay--;
                nextPosition = Field(body, "\"nextPosition\":"u8);
                break;
            case Act.Send:
                Doors.Measures.Note(Doors.Measures.Sends, answered.Due);
                Doors.UnderWay--;
                Doors.Stage.Journal.Acknowledged(answered.Message);
                break;
            default:
                connection!.Close();
                Doors.Steps.Done();
                return;
        }
        if (waiting.TryPeek(out var next)) Perform(next);
    }

    protected override void Send(int message) => Ask(new Request(Act.Send, Doors.Stage.Journal.DueOf(message), message));

    protected override void SayGoodbye() => Ask(new Request(Act.Disconnect, 0, 0));

    private void TakeKeys(ReadOnlySpan<byte> body)
    {
        (send, refresh, disconnect) = (Head($"/{ChatId}/send"), Head($"/{ChatId}/refresh"), Head($"/{ChatId}/disconnect"));
        identity = Encoding.ASCII.GetBytes(
            $"userId={Field(body, "\"userId\":\""u8)}&secureKey={Field(body, "\"secureKey\":\""u8)}&alias=1&message=");
    }

    private void Ask(Request request)
    {
        waiting.Enqueue(request);
        if (waiting.Count == 1) Perform(request);
    }

    private void Perform(Request request)
    {
        switch (request.Act)
        {
            case Act.Create: Post(Head(""), "nickname=Mira&subject=Parcel&userData%5Bsource%5D=web"u8); break;
            case Act.Refresh: Post(refresh, [.. identity, .. Position]); break;
            case Act.Send: Post(send, Doors.Stage.Texts.Body(identity, request.Message)); break;
            default: Post(disconnect, identity); break;
        }
    }

    private void Post(byte[] head, ReadOnlySpan<byte> body)
    {
        Span<byte> end = stackalloc byte[16];
        body.Length.TryFormat(end, out var digits);
        "\r\n\r\n"u8.CopyTo(end[digits..]);
        connection!.Send([.. head, .. end[..(digits + 4)], .. body]);
    }

    private byte[] Position => Encoding.ASCII.GetBytes("&transcriptPosition=" + nextPosition);

    private byte[] Head(string path) => Encoding.ASCII.GetBytes(
        $"POST /genesys/2/chat/{Doors.Service}{path} HTTP/1.1\r\nHost: {Doors.Server}\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ");

    private enum Act { Create, Refresh, Send, Disconnect }

    private readonly record struct Request(Act Act, long Due, int Message);
}
