namespace Parley.Server.Tests.Wire.Refusals;

/// <summary>What an operation on a chat is answered in each of <see cref="ChatSituations"/>.</summary>
/// <remarks>
/// A number is the <c>statusCode</c> of the refusal; <c>+</c> means accepted and listed among the capabilities, <c>~</c> accepted
/// without being listed. <c>{ready}</c> is a user who could be asked, <c>{away}</c> one who is not ready, <c>{colleague}</c> the
/// other agent of the situation, <c>{nobody}</c> no user at all.
/// </remarks>
internal static class ChatRefusalTable
{
    public static IEnumerable<(string[] Cells, string Operation, string Parameters)> Rows =>
        from line in (Plain + Parameters + Targets).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        where !line.StartsWith('#')
        let halves = line.Split('|', 2, StringSplitOptions.TrimEntries)
        let words = halves[1].Split(' ', 2)
        select (halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), words[0], words.ElementAtOrDefault(1) ?? "{}");

    private const string Plain = """
        # Of As Al Ow Ad Gu Co Mo Ch Ba Le Jo Go St Su
          +  +  2  2  2  2  2  2  2  2  2  2  6  6  6 | Accept
          +  +  2  2  2  2  2  2  2  2  2  2  6  6  6 | Reject
          2  2  +  +  +  +  3  3  3  +  2  2  6  6  6 | SendMessage {"text":"x"}
          2  2  +  +  +  +  3  3  3  +  2  2  6  6  6 | SendStartTypingNotification
          2  2  +  +  +  +  3  3  3  +  2  2  6  6  6 | SendStopTypingNotification
          2  2  +  +  +  +  3  3  3  +  2  2  6  6  6 | SendUrl {"url":"https://shop.example.test/returns"}
          2  2  +  +  +  +  3  3  3  +  2  2  6  6  6 | SendCustomNotice {"noticeText":"form=1"}
          2  2  2  +  +  +  +  3  +  +  2  2  6  6  6 | SendToAgents {"text":"x"}
          2  2  2  +  +  +  +  3  +  +  2  2  6  6  6 | SendStartTypingToAgentsNotification
          2  2  2  +  +  +  +  3  +  +  2  2  6  6  6 | SendStopTypingToAgentsNotification
          2  2  2  +  +  +  +  3  +  +  2  2  6  6  6 | SendCustomNoticeToAgents {"noticeText":"form=1"}
          2  2  +  +  +  +  3  3  +  +  +  2  6  6  6 | Transfer {"targetUri":"/users/{ready}"}
          2  2  +  +  +  +  3  3  +  +  +  2  6  6  6 | Transfer {"queueName":"Support"}
          2  2  +  +  +  +  3  3  +  +  2  2  6  6  6 | Consult {"targetUri":"/users/{ready}"}
          2  2  +  +  +  +  3  3  +  +  2  2  6  6  6 | Invite {"targetUri":"/users/{ready}"}
          2  2  2  +  +  3  3  3  3  3  2  2  6  6  6 | RemoveParticipantFromConference {"targetUri":"/users/{colleague}"}
          2  2  +  +  +  +  +  +  +  +  +  2  6  6  6 | Leave
          2  2  +  +  +  +  3  3  3  3  ~  2  6  6  6 | LeaveAndComplete
          2  2  +  3  +  3  3  3  3  3  ~  2  6  6  6 | LeaveAndComplete {"queueName":"Support"}
          2  2  +  +  +  +  3  3  3  3  +  +  6  6  6 | Complete
          2  2  +  +  +  3  3  3  3  3  +  +  6  6  6 | Complete {"queueName":"Support"}
          2  2  +  +  +  +  +  +  +  +  +  +  6  6  6 | SetInFocus
          2  2  +  +  +  +  +  3  +  +  +  +  6  6  6 | SetDisposition {"disposition":"Solved"}
          2  2  +  +  +  +  +  3  +  +  +  +  6  6  6 | AttachUserData {"userData":{"OrderNo":"A-1199"}}
          2  2  +  +  +  +  +  3  +  +  +  +  6  6  6 | UpdateUserData {"userData":{"OrderNo":null}}
          2  2  +  +  +  +  +  3  +  +  +  +  6  6  6 | DeleteUserData {"keys":["OrderNo"]}
          2  2  3  3  3  3  3  2  +  +  2  2  6  6  6 | SwitchToMonitor
          2  2  3  3  3  3  3  +  2  +  2  2  6  6  6 | SwitchToCoach
          2  2  3  3  3  3  3  +  +  2  2  2  6  6  6 | SwitchToBargeIn
          2  2  2  2  2  2  2  2  2  2  2  2  2  2  2 | Fly
          1  1  1  1  1  1  1  1  1  1  1  1  1  1  1 | -

        """;

    private const string Parameters = """
        # Of As Al Ow Ad Gu Co Mo Ch Ba Le Jo Go St Su
          2  2  2  2  2  2  2  2  2  2  2  2  6  6  6 | Accept {"saveLAR":"perhaps"}
          2  2  2  2  2  2  2  2  2  2  2  2  6  6  6 | Accept {"nickname":"system"}
          2  2  2  2  2  2  2  2  2  2  2  2  6  6  6 | Accept {"nickname":7}
          2  2  1  1  1  1  3  3  3  1  2  2  6  6  6 | SendMessage
          2  2  1  1  1  1  3  3  3  1  2  2  6  6  6 | SendMessage {"messageType":"Greeting","treatAs":"System"}
          2  2  2  2  2  2  3  3  3  2  2  2  6  6  6 | SendMessage {"text":"x","treatAs":"Loud"}
          2  2  2  2  2  2  3  3  3  2  2  2  6  6  6 | SendMessage {"text":"{long}"}
          2  2  1  1  1  1  3  3  3  1  2  2  6  6  6 | SendUrl
          2  2  2  2  2  2  3  3  3  2  2  2  6  6  6 | SendUrl {"url":"javascript:alert(1)"}
          2  2  2  2  2  2  3  3  3  2  2  2  6  6  6 | SendUrl {"url":"/returns"}
          2  2  1  1  1  1  3  3  3  1  2  2  6  6  6 | SendCustomNotice
          2  2  2  2  2  2  3  3  3  2  2  2  6  6  6 | SendCustomNotice {"noticeText":"{long}"}
          2  2  2  1  1  1  1  3  1  1  2  2  6  6  6 | SendToAgents
          2  2  2  2  2  2  2  3  2  2  2  2  6  6  6 | SendToAgents {"text":"{long}"}
          2  2  2  1  1  1  1  3  1  1  2  2  6  6  6 | SendCustomNoticeToAgents
          2  2  1  1  1  1  1  1  1  1  1  2  6  6  6 | Leave {"treatAs":"System"}
          2  2  2  2  2  2  2  2  2  2  2  2  6  6  6 | Leave {"text":"x","treatAs":"Loud"}
          2  2  2  2  2  2  2  2  2  2  2  2  6  6  6 | Leave {"text":"{long}"}
          2  2  1  1  1  1  3  3  3  3  1  2  6  6  6 | LeaveAndComplete {"messageType":"Farewell"}
          2  2  6  6  6  6  3  3  3  3  6  2  6  6  6 | LeaveAndComplete {"queueName":"NoSuchQueue"}
          2  2  2  2  2  2  3  3  3  3  2  2  6  6  6 | LeaveAndComplete {"saveLAR":"perhaps"}
          2  2  1  1  1  1  3  3  3  3  1  1  6  6  6 | Complete {"treatAs":"Normal"}
          2  2  6  6  6  6  3  3  3  3  6  6  6  6  6 | Complete {"queueName":"NoSuchQueue"}
          2  2  2  2  2  2  3  3  3  3  2  2  6  6  6 | Complete {"saveLAR":"perhaps"}
          2  2  2  2  2  2  2  2  2  2  2  2  6  6  6 | SetInFocus {"inFocus":"perhaps"}
          2  2  1  1  1  1  1  3  1  1  1  1  6  6  6 | SetDisposition
          2  2  2  2  2  2  2  3  2  2  2  2  6  6  6 | SetDisposition {"disposition":7}
          2  2  1  1  1  1  1  3  1  1  1  1  6  6  6 | AttachUserData
          2  2  1  1  1  1  1  3  1  1  1  1  6  6  6 | AttachUserData {"userData":{}}
          2  2  2  2  2  2  2  3  2  2  2  2  6  6  6 | AttachUserData {"userData":{"a":[1]}}
          2  2  1  1  1  1  1  3  1  1  1  1  6  6  6 | UpdateUserData
          2  2  2  2  2  2  2  3  2  2  2  2  6  6  6 | UpdateUserData {"userData":"a=1"}
          2  2  1  1  1  1  1  3  1  1  1  1  6  6  6 | DeleteUserData
          2  2  1  1  1  1  1  3  1  1  1  1  6  6  6 | DeleteUserData {"keys":[]}
          2  2  2  2  2  2  2  3  2  2  2  2  6  6  6 | DeleteUserData {"keys":"a"}

        """;

    private const string Targets = """
        # Of As Al Ow Ad Gu Co Mo Ch Ba Le Jo Go St Su
          2  2  1  1  1  1  3  3  1  1  1  2  6  6  6 | Transfer
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Transfer {"targetUri":"/planets/mars"}
          2  2  6  6  6  6  3  3  6  6  6  2  6  6  6 | Transfer {"targetUri":"/users/{nobody}"}
          2  2  6  6  6  6  3  3  6  6  6  2  6  6  6 | Transfer {"queueName":"NoSuchQueue"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Transfer {"targetUri":"/users/{self}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Transfer {"targetUri":"/users/{away}"}
          2  2  2  2  +  2  3  3  2  2  2  2  6  6  6 | Transfer {"targetUri":"/users/{colleague}"}
          2  2  1  1  1  1  3  3  1  1  1  2  6  6  6 | Transfer {"targetUri":"/users/{ready}","treatAs":"System"}
          2  2  1  1  1  1  3  3  1  1  2  2  6  6  6 | Consult
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Consult {"targetUri":7}
          2  2  6  6  6  6  3  3  6  6  2  2  6  6  6 | Consult {"targetPath":"/users/{nobody}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Consult {"targetUri":"/users/{self}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Consult {"targetUri":"/users/{away}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Consult {"targetUri":"/users/{colleague}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Consult {"queueName":"PostProcessingQueue"}
          2  2  1  1  1  1  3  3  1  1  2  2  6  6  6 | Invite
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Invite {"userUri":"users"}
          2  2  6  6  6  6  3  3  6  6  2  2  6  6  6 | Invite {"userUri":"/users/{nobody}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Invite {"targetUri":"/users/{self}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Invite {"targetUri":"/users/{away}"}
          2  2  2  2  +  2  3  3  2  2  2  2  6  6  6 | Invite {"targetUri":"/users/{colleague}"}
          2  2  2  2  2  2  3  3  2  2  2  2  6  6  6 | Invite {"queueName":"PostProcessingQueue"}
          2  2  2  1  1  1  3  3  3  1  2  2  6  6  6 | RemoveParticipantFromConference
          2  2  2  2  2  2  3  3  3  2  2  2  6  6  6 | RemoveParticipantFromConference {"targetUri":"/queues/{queue}"}
          2  2  2  6  6  6  3  3  3  6  2  2  6  6  6 | RemoveParticipantFromConference {"targetUri":"/users/{nobody}"}
          2  2  2  2  2  2  3  3  3  2  2  2  6  6  6 | RemoveParticipantFromConference {"targetUri":"/users/{self}"}
          2  2  2  6  6  6  3  3  3  6  2  2  6  6  6 | RemoveParticipantFromConference {"targetUri":"/users/{away}"}

        """;
}
