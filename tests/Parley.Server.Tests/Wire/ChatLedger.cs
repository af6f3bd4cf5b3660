using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// The confidences of the chats on a running server: what was asked by HTTP and answered with success, and who then has which
/// chat.
/// </summary>
internal sealed class ChatLedger
{
    private readonly Dictionary<string, Confidences> chats = [];
    private readonly Dictionary<(string Supervisor, string Agent), (Stance Stance, string Nickname, bool IsOnce)> following = [];

    private readonly Dictionary<string, string> lastAccepted = [];

    public IEnumerable<string> Chats => chats.Keys;

    public Confidences Of(string chat) => chats[chat];

    public void Asked(string chat, string nickname) => chats[chat] = new Confidences(nickname);

    public void Follows(string supervisor, string agent, string role, string nickname, bool isOnce) =>
        following[(supervisor, agent)] = (StanceOf(role), nickname, isOnce);

    public void NoLongerFollows(string supervisor, string agent) => following.Remove((supervisor, agent));

    /// <summary>The agent finds an offer; one that nobody asked for came from routing, which acts by itself.</summary>
    public void FindsOffer(string chat, string agent)
    {
        if (chats[chat].StanceOf(agent) is null) chats[chat].Invite(agent, Stance.Open);
    }

    public void Intrudes(string chat, string supervisor, string role) => chats[chat].Invite(supervisor, StanceOf(role));

    /// <summary>An agent's operation on a chat succeeded.</summary>
    /// <param name="target">The user it was aimed at; null where it was not.</param>
    public void Succeeded(string id, string agent, string operation, string word, string? target)
    {
        var chat = chats[id];
        switch (operation)
        {
            case "Accept":
                Enter(chat, agent, word);
                lastAccepted[id] = agent;
                break;
            case "SendMessage" or "SendUrl" or "SendCustomNotice": chat.Say(agent, word); break;
            case "SendToAgents" or "SendCustomNoticeToAgents": chat.Whisper(word); break;
            case "SetDisposition" or "AttachUserData" or "UpdateUserData": chat.Note(word); break;
            case "SwitchToMonitor": chat.Shift(agent, Stance.Silent); break;
            case "SwitchToCoach": chat.Shift(agent, Stance.Coaching); break;
            case "SwitchToBargeIn" or "SwitchBargeIn": chat.Shift(agent, Stance.BargedIn); break;
            case "Leave" or "LeaveAndComplete" or "Complete": Part(chat, agent, word); break;
            case "RemoveParticipantFromConference" when chat.IsInside(target!): Part(chat, agent, word); break;
            case "Transfer":
                Part(chat, agent, word);
                if (target is not null) Call(chat, target, Stance.Open);
                break;
            case "Invite": Call(chat, target!, Stance.Open); break;
            case "Consult": Call(chat, target!, Stance.Advising); break;
        }
    }

    /// <summary>Takes in who has the chat now; whom nobody asked was offered it by routing, or followed somebody in.</summary>
    public void Settle(string id, IReadOnlySet<string> holders, bool isOpen)
    {
        var chat = chats[id];
        foreach (var newcomer in holders.Except(chat.Holders).ToArray())
        {
            var followed = following.Keys
                .FirstOrDefault(f => f.Supervisor == newcomer && f.Agent == lastAccepted.GetValueOrDefault(id));
            if (followed.Supervisor is null)
            {
                chat.Invite(newcomer, Stance.Open);
                continue;
            }
            var (stance, nickname, isOnce) = following[followed];
            chat.Enter(newcomer, nickname, stance);
            if (isOnce) following.Remove(followed);
        }
        chat.Settle(holders, isOpen);
    }

    /// <summary>What in a text about a chat was never meant for its reader; null when nothing was.</summary>
    public string? Complaint(string chat, string reader, JsonNode text) =>
        chats[chat].Betrayed(reader, text.ToJsonString()).ToArray() is { Length: > 0 } betrayed
            ? $"{reader} learns {string.Join(", ", betrayed)} of {chat} from {text.ToJsonString()}"
            : null;

    private static void Enter(Confidences chat, string agent, string nickname)
    {
        if (chat.IsOpen) chat.Enter(agent, nickname);
    }

    private static void Part(Confidences chat, string agent, string word)
    {
        if (chat.IsInside(agent) && chat.StanceOf(agent) != Stance.Silent) chat.Say(agent, word);
    }

    private static void Call(Confidences chat, string target, Stance stance)
    {
        if (chat.IsInside(target) && chat.StanceOf(target) is Stance.Advising or Stance.Coaching) chat.Shift(target, Stance.Open);
        // whoever is there already and no adviser was asked in vain
        else if (chat.StanceOf(target) is null) chat.Invite(target, stance);
    }

    private static Stance StanceOf(string role) => role switch
    {
        "Monitor" => Stance.Silent,
        "Coach" => Stance.Coaching,
        _ => Stance.BargedIn,
    };
}
