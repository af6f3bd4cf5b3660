using Parley.Server.Rest.Wire;

namespace Parley.Server.Documents;

/// <summary>The documents of the API, and the page that shows them; open to anybody.</summary>
internal static class DocumentsSetup
{
    public static void AddDocuments(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton<DocComments>()
        .AddSingleton<OpenApiDocument>()
        .AddSingleton<AsyncApiDocument>();

    public static void MapDocuments(this WebApplication app)
    {
        var documents = app.MapGroup("").WithTags("Documents");
        documents.MapGet("/openapi/v1.json", (OpenApiDocument document) => Results.Bytes(document.Json, ApiAnswer.ContentType))
            .WithSummary("The OpenAPI document of everything that is asked over HTTP: this one.").Answers(Answer.Document);
        documents.MapGet("/asyncapi/v1.json", (AsyncApiDocument document) => Results.Bytes(document.Json, ApiAnswer.ContentType))
            .WithSummary("The AsyncAPI document of everything that is told over CometD.").Answers(Answer.Document);
        DocumentPage.Map(app);
    }
}
