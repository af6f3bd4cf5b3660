using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Bayeux.Transports;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>
/// A server whose clients, host and clock do anything at all, one step at a time; after each step the rules are checked.
/// </summary>
/// <remarks>What has to wait goes on on other threads: a seed repeats the steps but not every order in which they end.</remarks>
internal sealed class Town : IDisposable
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly FieldInfo Held = typeof(BayeuxSession).GetField("held", Private)!;

    private readonly Random random;
    private readonly ManualTime time = new();
    private readonly CapriciousHost host;
    private readonly BayeuxServer server;
    private readonly TransportChoice door;
    private readonly RandomMessages messages;
    private readonly Citizen[] citizens;
    private readonly List<PendingPost> posts = [];
    private readonly Dictionary<string, WeakReference> sessions = [];

    public Town(Random random)
    {
        this.random = random;
        host = new CapriciousHost(new Random(random.Next()));
        messages = new RandomMessages(random);
        server = new BayeuxServer(RandomOptions(), host, time, NullLogger<BayeuxServer>.Instance);
        server.SessionStarted += session =>
        {
            lock (sessions) sessions.Add(session.Id, new WeakReference(session));
            session.Ended += _ => host.Hear();
            host.Hear();
        };
        server.SessionEnded += (_, _) => host.Hear();
        server.SubscriptionChanged += (_, _, _) => host.Hear();
        server.Channels.Listen(ChannelName.Parse("/service/*"), host.Listen);
        server.Channels.Listen(ChannelName.Parse("/a/*"), host.Listen);
        server.Channels.Authorize(ChannelName.Parse("/b"), host);
        server.Channels.BeLazy(ChannelName.Parse("/lazy"), TimeSpan.FromSeconds(1));
        server.OpenLocalSession("clerk").Subscribe(ChannelName.Parse("/a/**"), _ => host.Hear());
        door = new TransportChoice(server);
        citizens = [.. Enumerable.Range(0, 5).Select(i => new Citizen($"user{i % 4}"))];
    }

    /// <summary>How many payloads were sent.</summary>
    public int Payloads { get; private set; }

    /// <summary>How often a bug of the host ended a request or a connection.</summary>
    public int Failures { get; private set; }

    public int Replies { get; private set; }

    public int Sessions => sessions.Count;

    public void Step()
    {
        var citizen = random.OneOf<Citizen>(citizens);
        switch (random.Next(20))
        {
            case 0:
                time.Advance(TimeSpan.FromMilliseconds(random.OfAnyMagnitude(1, 60_000)));
                break;
            case 1:
                HostActs(citizen);
                break;
            case 2 when posts.Count > 0:
                posts[random.Next(posts.Count)].Leaving.Cancel();
                break;
            case 3:
                Change(citizen);
                break;
            case < 7:
                Publish(ChannelName.Parse(random.OneOf("/a", "/a/b", "/b", "/lazy")));
                break;
            default:
                Send(citizen);
                break;
        }
        Settle();
    }

    /// <summary>Everybody goes away, and time with them: nothing must be left.</summary>
    public void Close()
    {
        foreach (var citizen in citizens) HangUp(citizen);
        foreach (var post in posts) post.Leaving.Cancel();
        for (var i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Settle();
        }
        Assert.Empty(posts);
        Assert.Equal(0, server.SessionCount);
        Assert.Equal(0, server.Backlog.Bytes);
        Assert.All(sessions.Keys, id => Assert.Null(server.Find(id)));
        foreach (var owner in new[] { server, server.Index, server.Browsers, FieldOf(server, "counts") }) HoldsNothing(owner);
        Assert.All((WheelTimer?[])FieldOf(server.Wheel, "slots"), Assert.Null);
        Await(AreForgotten, "nothing keeps a session that has ended");
        Assert.True(Failures <= host.Thrown, $"{Failures} failures, but the host threw {host.Thrown} times only");
    }

    public void Dispose() => server.Dispose();

    private BayeuxOptions RandomOptions()
    {
        var options = new BayeuxOptions
        {
            MaxQueue = random.OneOf(3, 50, 1000),
            MaxQueueBytes = random.OneOf(2000, 1_000_000),
            MaxFrameSize = random.OneOf(1024, 32_768),
            MaxSessionsPerPrincipal = random.OneOf(2, 1000),
            MaxSubscriptions = random.OneOf(3, 1000),
            MaxPublishSize = random.OneOf(1000, 65_536),
            Publishes = new RateLimit(PerSecond: 1, random.OneOf(3, 1000)),
            HandshakesPerAddress = new RateLimit(PerSecond: 1, random.OneOf(20, 1000)),
            DeliverWithConnects = random.Next(3) == 0,
            DeliverWithHandshake = random.Next(3) == 0,
            BroadcastToPublisher = random.Next(3) != 0,
            RequireHandshakePerConnection = random.Next(6) == 0,
            MaxProcessing = random.Next(3) == 0 ? TimeSpan.FromSeconds(1) : null,
            WhenQueueFull = host.WhenQueueFull,
        };
        options.Extensions.Add(host);
        return options;
    }

    private void Send(Citizen citizen)
    {
        var isLost = server.Find(citizen.ClientId) is null && random.Next(4) == 0;
        var batch = isLost || random.Next(100) == 0 ? [messages.Handshake()] : messages.Batch(citizen.ClientId);
        Payloads++;
        if (citizen.Socket is { } socket) socket.Say(batch);
        else Post(citizen, batch);
    }

    private void Post(Citizen citizen, List<Sent> batch)
    {
        var context = InProcess.Post(citizen.Name, Sent.Payload(batch), new MemoryStream());
        if (random.Next(2) == 0) context.Request.Headers.Cookie = "BAYEUX_BROWSER=0123456789abcdef0123456789abcdef";
        var leaving = new CancellationTokenSource();
        context.RequestAborted = leaving.Token;
        posts.Add(new PendingPost(citizen, citizen.ClientId, batch, context, leaving, door.Serve(context)));
    }

    private void Publish(ChannelName channel)
    {
        try
        {
            server.Publish(BayeuxEvent.Create(channel, "{\"by\":\"host\"}"u8));
        }
        catch (InvalidOperationException)
        {
            // its own extension threw; the caller is told
        }
    }

    private void HostActs(Citizen citizen)
    {
        if (server.Find(citizen.ClientId) is not { } session) return;
        switch (random.Next(7))
        {
            case 0:
                session.Disconnect();
                break;
            case 1:
                session.Revoke(ChannelName.Parse("/a/**"));
                break;
            case 2:
                session.Subscribe(ChannelName.Parse("/a"));
                break;
            case 3:
                session.Timeout = TimeSpan.FromSeconds(random.Next(20));
                break;
            case 4:
                session.MaxInterval = TimeSpan.FromSeconds(random.Next(1, 20));
                break;
            case 5 when host.IsCapricious:
                session.Use(host);
                break;
            default:
                using (session.Batch()) Publish(ChannelName.Parse("/a"));
                break;
        }
    }

    private void Change(Citizen citizen)
    {
        if (citizen.Socket is not null)
        {
            HangUp(citizen);
            return;
        }
        var socket = new InProcessSocket();
        var context = InProcess.Request(citizen.Name, new MemoryStream());
        context.Request.Method = "GET";
        context.Features.Set<IHttpWebSocketFeature>(socket);
        citizen.Socket = new Line(socket, door.Serve(context));
    }

    private void HangUp(Citizen citizen)
    {
        if (citizen.Socket is not { } line) return;
        citizen.Socket = null;
        if (random.Next(2) == 0) line.Socket.Abort();
        else line.Socket.Close();
        Await(() => line.Serving.IsCompleted, "a WebSocket ends with its connection");
        Read(citizen, line);
    }

    /// <summary>Waits until nothing goes on but connects that are held, and checks what was answered.</summary>
    private void Settle()
    {
        for (var i = posts.Count - 1; i >= 0; i--)
        {
            var post = posts[i];
            Await(() => post.Serving.IsCompleted || IsHeld(post), "a request is answered unless it is a connect that is held");
            if (!post.Serving.IsCompleted) continue;
            posts.RemoveAt(i);
            Read(post);
        }
        foreach (var citizen in citizens)
        {
            if (citizen.Socket is not { } line) continue;
            Await(() => line.Socket.IsIdle || line.Serving.IsCompleted, "a payload is processed");
            Read(citizen, line);
            if (line.Serving.IsCompleted) citizen.Socket = null;
        }
    }

    private bool AreForgotten()
    {
        // an idle thread of the pool may still have its last piece of work on its stack
        for (var i = 0; i < 4 * ThreadPool.ThreadCount; i++)
            ThreadPool.UnsafeQueueUserWorkItem(static _ => Thread.SpinWait(1_000), null);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return !sessions.Values.Any(session => session.IsAlive);
    }

    private bool IsHeld(PendingPost post) =>
        post.Sent is [{ IsConnect: true } connect] && server.Find(post.ClientId) is { } session
            && ((HeldConnect?)Held.GetValue(session))?.Terms.MessageId == connect.Id;

    private void Read(PendingPost post)
    {
        Assert.True(post.Serving.IsCompletedSuccessfully, post.Serving.Exception?.ToString());
        var status = post.Context.Response.StatusCode;
        var answer = ((MemoryStream)post.Context.Response.Body).ToArray();
        if (status == 500) Failures++;
        if (status != 200 || post.Context.RequestAborted.IsCancellationRequested)
        {
            Assert.Contains(status, new[] { 200, 400, 409, 500 });
            return;
        }
        var replies = AnswerRules.Check(answer);
        Replies += replies.Count;
        Assert.Equal(post.Sent.Select(sent => (sent.Channel, sent.Id)), replies);
        Learn(post.Citizen, answer);
    }

    private void Read(Citizen citizen, Line line)
    {
        while (line.Socket.Frames.Reader.TryRead(out var frame))
        {
            foreach (var reply in AnswerRules.Check(frame)) line.Answered(reply);
            Learn(citizen, frame);
            Replies++;
        }
        if (!line.IsCounted && line.Socket.ClosedWith is System.Net.WebSockets.WebSocketCloseStatus.InternalServerError)
        {
            line.IsCounted = true;
            Failures++;
        }
    }

    private static void Learn(Citizen citizen, byte[] answer)
    {
        if (ClientIdIn(answer) is { } id) citizen.ClientId = id;
    }

    private static string? ClientIdIn(byte[] answer)
    {
        var start = answer.AsSpan().IndexOf("\"clientId\":\""u8);
        return start < 0 ? null : System.Text.Encoding.ASCII.GetString(answer.AsSpan(start + 12, 32));
    }

    private static void Await(Func<bool> condition, string rule)
    {
        if (!condition()) Assert.True(SpinWait.SpinUntil(condition, TestHost.Patience), "Waited in vain: " + rule);
    }

    private static object FieldOf(object owner, string field) =>
        owner.GetType().GetField(field, Private)!.GetValue(owner)!;

    private static void HoldsNothing(object owner)
    {
        var fields = owner.GetType().GetFields(Private);
        var collections = fields.Where(f => typeof(IDictionary).IsAssignableFrom(f.FieldType)).ToList();
        Assert.NotEmpty(collections);
        Assert.All(collections, field => Assert.Empty((IDictionary)field.GetValue(owner)!));
    }

    private sealed class Citizen(string name)
    {
        public string Name => name;

        public string ClientId { get; set; } = "";

        public Line? Socket { get; set; }
    }

    private sealed record PendingPost(
        Citizen Citizen, string ClientId, List<Sent> Sent, HttpContext Context, CancellationTokenSource Leaving, Task Serving);

    /// <summary>A WebSocket, and what is still to be answered on it.</summary>
    private sealed class Line(InProcessSocket socket, Task serving)
    {
        private readonly Queue<Sent> unanswered = new();
        private readonly HashSet<string> connects = [];

        public InProcessSocket Socket => socket;

        public Task Serving => serving;

        public bool IsCounted { get; set; }

        public void Say(List<Sent> batch)
        {
            foreach (var sent in batch)
            {
                if (sent.IsConnect) connects.Add(sent.Id!);
                else unanswered.Enqueue(sent);
            }
            socket.Say(Sent.Payload(batch));
        }

        /// <summary>Each reply is that to the oldest message without one, or to a connect.</summary>
        public void Answered((string? Channel, string? Id) reply)
        {
            if (reply.Id is not null && connects.Remove(reply.Id)) return;
            var sent = unanswered.Dequeue();
            Assert.Equal((sent.Channel, sent.Id), reply);
        }
    }
}
