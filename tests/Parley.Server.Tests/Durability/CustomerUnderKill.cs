namespace Parley.Server.Tests.Durability;

/// <summary>
/// A customer at door B who chats, says goodbye and comes back with another matter, whatever happens to the server.
/// </summary>
/// <param name="repeats">
/// A customer who repeats sends an unanswered message again with the same Idempotency-Key until it is answered; the others
/// never repeat.
/// </param>
internal sealed class CustomerUnderKill(int number, World world, Random random, Repeats repeats) : IDisposable
{
    private const string Door = "/genesys/2/chat/customer-support";
    private const int SaidWhileWaiting = 5;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly WireClient wire = new(world.Server.Url);
    private int textsSent;

    /// <summary>How many chats of this customer were open when the world began to finish, and went on to a proper end.</summary>
    public int ChatsWentOn { get; private set; }

    public void Dispose() => wire.Dispose();

    /// <summary>
    /// Chats until the world is finishing; then brings the open chat to its end: one more question, its answer, goodbye.
    /// </summary>
    public async Task PlayAsync()
    {
        while (!world.IsFinishing)
        {
            if (await CreateAsync() is not { } chat) continue;
            var talk = new Talk(chat);
            await TalkAsync(talk);
            if (!talk.IsOver && world.IsFinishing) await AskAndGetAnswerAsync(talk);
            while (!talk.IsOver) await DisconnectAsync(talk);
        }
    }

    private async Task<ChatRecord?> CreateAsync()
    {
        await world.ServingAsync();
        var reply = await wire.PostFormAsync(
            Door, new Dictionary<string, string> { ["nickname"] = $"Customer {number}", ["subject"] = "Parcel" },
            null, world.Cancel);
        if (reply.Fate == Fate.Unknown) world.CountUnknownCreate();
        if (reply.Fate != Fate.Acknowledged) return null;
        var id = reply.Body.GetProperty("chatId").GetString()!;
        var chat = new ChatRecord(id) { SecureKey = reply.Body.GetProperty("secureKey").GetString() };
        return world.Chats.TryAdd(id, chat) ? chat : throw new InvalidOperationException($"Chat id {id} was given twice.");
    }

    private async Task TalkAsync(Talk talk)
    {
        for (var left = random.Next(8, 30); left > 0 && !talk.IsOver && !world.IsFinishing;)
        {
            await world.ServingAsync();
            var dice = random.Next(100);
            if (dice < 10) await TypeAsync(talk);
            else if (dice < 30 || (!talk.AgentJoined && talk.Said >= SaidWhileWaiting)) await RefreshAsync(talk);
            else
            {
                await SayAsync(talk);
                left--;
            }
            if (!talk.AgentJoined && talk.Said >= SaidWhileWaiting) await Task.Delay(PollInterval, world.Cancel);
        }
    }

    private async Task AskAndGetAnswerAsync(Talk talk)
    {
        var question = await SayAsync(talk);
        while (!talk.IsOver && !(talk.Answered(question) && talk.AgentJoined))
        {
            await RefreshAsync(talk);
            await Task.Delay(PollInterval, world.Cancel);
        }
        if (!talk.IsOver) ChatsWentOn++;
    }

    private async Task<SentText> SayAsync(Talk talk)
    {
        var message = talk.Chat.AddSent($"customer {number}", $"customer {number} says {++textsSent}");
        var key = repeats == Repeats.WithSameKey ? Guid.NewGuid().ToString() : null;
        Reply reply;
        var repeated = false;
        while (true)
        {
            await world.ServingAsync();
            reply = await PostAsync(talk, "send", new() { ["message"] = message.Text, ["messageType"] = "text" }, key);
            if (reply.Fate != Fate.Unknown || key is null) break;
            repeated = true;
        }
        // a repeat that is refused says nothing of the first try
        message.Fate = reply.Fate == Fate.Refused && repeated ? Fate.Unknown : reply.Fate;
        talk.Said++;
        return message;
    }

    private async Task TypeAsync(Talk talk)
    {
        talk.Chat.AddTyping();
        await PostAsync(talk, random.Next(2) == 0 ? "startTyping" : "stopTyping", [], null);
    }

    private async Task RefreshAsync(Talk talk)
    {
        await world.ServingAsync();
        var position = talk.NextPosition.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var reply = await PostAsync(talk, "refresh", new() { ["transcriptPosition"] = position }, null);
        if (reply.Fate == Fate.Acknowledged)
            talk.Read(Entry.ListFrom(reply.Body), reply.Body.GetProperty("nextPosition").GetInt32());
    }

    private async Task DisconnectAsync(Talk talk)
    {
        await world.ServingAsync();
        await PostAsync(talk, "disconnect", [], null);
    }

    private async Task<Reply> PostAsync(Talk talk, string operation, Dictionary<string, string> form, string? key)
    {
        form["secureKey"] = talk.Chat.SecureKey!;
        var reply = await wire.PostFormAsync($"{Door}/{talk.Chat.Id}/{operation}", form, key, world.Cancel);
        if (reply.Fate != Fate.Unknown && reply.Body.TryGetProperty("chatEnded", out var ended) && ended.GetBoolean())
        {
            talk.IsOver = true;
            talk.Chat.AddEnd();
        }
        return reply;
    }

    /// <summary>Where this customer is in one chat.</summary>
    private sealed class Talk(ChatRecord chat)
    {
        private readonly List<Entry> read = [];

        public ChatRecord Chat { get; } = chat;
        public int Said { get; set; }
        public bool IsOver { get; set; }
        public bool AgentJoined => read.Count(entry => entry.Type == "ParticipantJoined") > 1;
        public int NextPosition { get; private set; } = 1;

        public void Read(IReadOnlyList<Entry> entries, int nextPosition)
        {
            Chat.AddSeen(entries);
            read.AddRange(entries);
            NextPosition = nextPosition;
        }

        /// <summary>True when an agent's text follows the question in the transcript.</summary>
        public bool Answered(SentText question)
        {
            var asked = read.FindIndex(entry => entry.Text == question.Text);
            return asked >= 0
                && read.FindIndex(asked, entry => entry.IsText && entry.Text!.StartsWith("agent", StringComparison.Ordinal)) > 0;
        }
    }
}

/// <summary>What a client does with a message that was not answered.</summary>
internal enum Repeats
{
    Never,
    WithSameKey,
}
