using System.Collections.Immutable;
using System.Globalization;
using System.Net.Mail;
using Parley.Chats;
using Parley.Server.Provisioning;
using Parley.Server.Rest;

namespace Parley.Server.Customers;

/// <summary>What a customer says of itself when it asks for a chat, checked and cleaned.</summary>
/// <param name="Text">The first message; null if there is none.</param>
/// <param name="Attendance">Whether the customer means to come and go.</param>
internal sealed record Introduction(
    string Nickname, ImmutableSortedDictionary<string, DataValue> UserData, string? Text, Attendance Attendance)
{
    private const string AsynchronousMode = "GCTI_Chat_AsyncMode";

    private static readonly string[] Consumed = ["GCTI_Chat_", "GCTI_GMS_", "push_notification_"];

    /// <summary>Keys that routing or the contact's profile writes: a visitor must not steer either.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "ContactId", "IdentifyCreateContact", "Priority", "ServiceType", "CustomerSegment", "handling-timeout",
        "RTargetRequested", "RTargetObjectSelected", "RTargetAgentGroup", "RTargetTypeSelected", "RTargetAgentSelected",
        "RTargetPlaceSelected", "RStrategyName", "RVQID", "RRequestedSkills", "LastCalledAgent_EmployeeID",
        "LastCalledAgent_TimeStamp", "LCA_EmplID_chat", "LCA_TimeStamp_chat",
    };

    private static readonly DoorError NameReserved =
        DoorError.Malformed("This name cannot be used.", "Choose another nickname.");

    /// <summary>The request, or what is wrong with it.</summary>
    public static (Introduction? Request, DoorError? Error) From(DoorFields fields, ChatService service, CustomersOptions options)
    {
        var first = Clean(fields["firstName"]);
        var last = Clean(fields["lastName"]);
        var subject = Clean(fields["subject"]);
        var email = Clean(fields["emailAddress"]);
        var nickname = Clean(fields["nickname"]);
        var name = nickname ?? Clean($"{first} {last}");
        if (NameMissing(name, first, last, service, options) is { } missing) return (null, missing);
        // a name composed of both parts may be as long as they are
        if (NameTooLong(options, ("nickname", nickname), ("firstName", first), ("lastName", last)) is { } tooLong)
            return (null, tooLong);
        if (name is not null && Nicknames.IsReserved(name)) return (null, NameReserved);
        if (subject?.Length > options.MaxSubjectLength) return (null, DoorError.TooLong("subject", options.MaxSubjectLength));
        if (email is not null && (email.Length > 254 || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email))
            return (null, DoorError.EmailInvalid);
        if (fields["text"]?.Length > options.MaxMessageLength) return (null, DoorError.MessageTooLong(options.MaxMessageLength));

        var (data, wrongData) = DataFrom(fields.UserData, options);
        if (data is null) return (null, wrongData);
        Set("FirstName", first);
        Set("LastName", last);
        Set("EmailAddress", email);
        Set("Subject", subject);
        return (new Introduction(name ?? "Anonymous", data.ToImmutable(), fields["text"], AttendanceOf(fields, service)), null);

        void Set(string key, string? value)
        {
            if (value is not null) data[key] = DataValue.Of(value);
        }
    }

    /// <summary>The checked and cleaned name that a customer wants to go by.</summary>
    public static (string? Name, DoorError? Error) NameFrom(DoorFields fields, CustomersOptions options)
    {
        var name = Clean(fields["nickname"]);
        if (name is null) return (null, DoorError.NameRequired);
        if (NameTooLong(options, ("nickname", name)) is { } tooLong) return (null, tooLong);
        return Nicknames.IsReserved(name) ? (null, NameReserved) : (name, null);
    }

    /// <summary>The checked pairs that a customer adds to the user data of its chat.</summary>
    public static (ImmutableSortedDictionary<string, DataValue>? Data, DoorError? Error) DataFrom(
        DoorFields fields, CustomersOptions options)
    {
        var (data, wrong) = DataFrom(fields.UserData, options);
        return (data?.ToImmutable(), wrong);
    }

    private static Attendance AttendanceOf(DoorFields fields, ChatService service) =>
        service.AllowsAsynchronous
        && "true".Equals(fields.UserData.GetValueOrDefault(AsynchronousMode), StringComparison.OrdinalIgnoreCase)
            ? Attendance.Asynchronous
            : Attendance.Live;

    private static DoorError? NameMissing(
        string? name, string? first, string? last, ChatService service, CustomersOptions options)
    {
        var needsBoth = service is { RequiresFirstName: true, RequiresLastName: true };
        if (name is null && (needsBoth || options.RequireNames || service.RequiresNames)) return DoorError.NameRequired;
        if (service.RequiresFirstName && first is null) return DoorError.FirstNameRequired;
        return service.RequiresLastName && last is null ? DoorError.LastNameRequired : null;
    }

    private static DoorError? NameTooLong(CustomersOptions options, params ReadOnlySpan<(string What, string? Text)> names)
    {
        foreach (var (what, text) in names)
        {
            if (text?.Length > options.MaxNameLength) return DoorError.TooLong(what, options.MaxNameLength);
        }
        return null;
    }

    private static (ImmutableSortedDictionary<string, DataValue>.Builder? Data, DoorError? Error) DataFrom(
        IReadOnlyDictionary<string, string> sent, CustomersOptions options)
    {
        var data = UserDataRules.Empty.ToBuilder();
        var length = 0;
        foreach (var (key, value) in sent)
        {
            if (Consumed.Any(c => key.StartsWith(c, StringComparison.Ordinal))
                || (IsReserved(key) && !options.AllowedReservedKeys.Contains(key)))
                continue;
            if (key.Length == 0) return (null, DoorError.Malformed("A key of userData is empty.", "Give every value a key."));
            if (key.Length > options.MaxUserDataKeyLength)
                return (null, DoorError.TooLong("A key of userData", options.MaxUserDataKeyLength));
            if (value.Length > options.MaxUserDataValueLength)
                return (null, DoorError.TooLong("A value of userData", options.MaxUserDataValueLength));
            data[key] = DataValue.Of(value);
            length += key.Length + value.Length;
        }
        if (data.Count > options.MaxUserDataPairs)
            return (null, DoorError.Malformed("There is too much userData.", $"Send at most {options.MaxUserDataPairs} pairs."));
        if (length > options.MaxUserDataLength) return (null, DoorError.TooLong("userData", options.MaxUserDataLength));
        return (data, null);
    }

    private static bool IsReserved(string key) => key.StartsWith("GCTI_", StringComparison.Ordinal) || Reserved.Contains(key);

    /// <summary>
    /// The text without control characters, without what turns the text around it, and without surrounding blanks; null if nothing
    /// is left that can be seen.
    /// </summary>
    public static string? Clean(string? text)
    {
        if (text is null) return null;
        var cleaned = string.Concat(text.Where(c => !char.IsControl(c) && !IsTurning(c))).Trim();
        return cleaned.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format) ? null : cleaned;
    }

    /// <summary>Line and paragraph separators, and what embeds, overrides or isolates a direction.</summary>
    private static bool IsTurning(char c) => c is (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
