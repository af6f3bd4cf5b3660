using Microsoft.AspNetCore.Http.Features;
using Parley.Chats;
using Parley.Log;
using Parley.Server.Documents;
using Parley.Server.Files;

namespace Parley.Server.Customers;

/// <content>The addresses, and what one request has come to.</content>
internal sealed partial class GmsFiles
{
    public static void Map(IEndpointRouteBuilder routes, GmsFiles door, CustomersOptions options)
    {
        foreach (var prefix in options.Prefixes) Map(routes, prefix, door);
    }

    private static void Map(IEndpointRouteBuilder routes, string prefix, GmsFiles door)
    {
        var all = routes.MapGroup($"/{prefix}/2").WithTags(GmsDescription.Tag).WithMetadata(new GmsRefusals());
        var chat = all.MapGroup("/chat/{service}/{chat}/file")
            .Asks("service", "The chat service, one that the contact centre's file names.")
            .Asks("chat", "The chat's id, from the answer that began it.")
            .Asks("fileId", "The file's id, from the answer to its sending or from `userData` of a message.");
        chat.MapPost("", (string service, string chat, HttpContext context) =>
            Answer(new Visit(context, service, chat), door.Receive))
            .WithSummary("The customer sends a file; the answer's `userData` has its `file-id`.")
            .Takes(GmsDescription.File).Answers(GmsDescription.Done);
        chat.MapPost("/limits", (string service, string chat, HttpContext context) =>
            door.Answer(new Visit(context, service, chat), door.Limits))
            .WithSummary("How many files the customer may send, how large and of which types, in `userData` of one notice.")
            .Takes(GmsDescription.Key).Answers(GmsDescription.Done);
        chat.MapPost("/{fileId}/download", (string service, string chat, string fileId, HttpContext context) =>
            door.Answer(new Visit(context, service, chat), (visit, fields) => door.Download(visit, fields, fileId)))
            .WithSummary("The content of a file.").Takes(GmsDescription.Key).Answers(Documents.Answer.Content);
        chat.MapPost("/{fileId}/delete", (string service, string chat, string fileId, HttpContext context) =>
            door.Answer(new Visit(context, service, chat), (visit, fields) => door.Delete(visit, fields, fileId)))
            .WithSummary("The customer takes a file out of the chat; nobody gets it any more.")
            .Takes(GmsDescription.Key).Answers(GmsDescription.Done);
        all.MapPost("/chat-ntf", (Delegate)((HttpContext context) => Answer(new Visit(context, null, null), door.Notify)))
            .WithSummary("The same for who talks over CometD: a file is sent, or the `operation` done.")
            .Takes(GmsDescription.Notification).Answers(GmsDescription.Done);
    }

    /// <summary>What came without a file, or with one.</summary>
    private Task<IResult> Notify(Visit visit) => IsMultipart(visit.Request)
        ? Receive(visit)
        : WithFields(visit, Notified);

    private Task<IResult> Notified(Visit visit, DoorFields fields) => fields["operation"] switch
    {
        "fileGetLimits" or "fileGetsLimits" => Limits(visit, fields),
        "fileDownload" => Download(visit, fields, fields["fileId"]),
        "fileDelete" => Delete(visit, fields, fields["fileId"]),
        "fileUpload" => Task.FromResult<IResult>(GmsAnswer.Wrong(
            DoorError.Malformed("There is no file.", "Send a multipart form with a part named file."), IdBy(fields))),
        _ => Task.FromResult<IResult>(GmsAnswer.Wrong(DoorError.NotOffered, IdBy(fields))),
    };

    private async Task<IResult> WithFields(Visit visit, Func<Visit, DoorFields, Task<IResult>> answer)
    {
        var (fields, unreadable) = await DoorFields.Read(visit.Request, options);
        return fields is null
            ? GmsAnswer.Wrong(DoorError.Malformed(unreadable!, "Correct the request body."), visit.Id)
            : await answer(visit, fields);
    }

    private Task<IResult> Answer(Visit visit, Func<Visit, DoorFields, Task<IResult>> answer) =>
        Answer(visit, v => WithFields(v, answer));

    private static async Task<IResult> Answer(Visit visit, Func<Visit, Task<IResult>> answer)
    {
        try
        {
            return await answer(visit);
        }
        catch (Exception e) when (e is LogUnavailableException or FilesUnavailableException)
        {
            return GmsAnswer.TryAgain(visit.Id);
        }
    }

    private static bool IsMultipart(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    private static string? IdBy(DoorFields fields) =>
        fields["secureKey"] is { } key ? CustomerKeys.ChatIdOf(key).Value : null;

    /// <summary>One request, and the chat that it was let into.</summary>
    /// <param name="context">The request.</param>
    /// <param name="service">The service in the address; null where there is none.</param>
    /// <param name="id">The chat's id in the address; null where the key says it.</param>
    private sealed class Visit(HttpContext context, string? service, string? id)
    {
        private Chat? chat;

        public HttpContext Context => context;

        public HttpRequest Request => context.Request;

        public CancellationToken Aborted => context.RequestAborted;

        public string? Service => service;

        public string? Id => id ?? chat?.Id.Value;

        public bool IsNotification => service is null;

        public bool HasEntered => chat is not null;

        public string Key { get; set; } = "";

        public Chat Chat
        {
            get => chat!;
            set => chat = value;
        }

        public void Unlimited()
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = null;
        }

        public GmsAnswer Wrong(DoorError error) => GmsAnswer.Wrong(error, Id);
    }
}
