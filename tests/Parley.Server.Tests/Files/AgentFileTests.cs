using System.Net;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Files;

/// <summary>The files of customers as agents get them.</summary>
public sealed class AgentFileTests : IAsyncLifetime
{
    private readonly DataFolder data = new();
    private FileServer server = null!;
    private FileCustomer ada = null!;
    private AgentClient ana = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FileServer.Start(data);
        ana = server.User("ana");
        await ana.SignIn();
        await ana.GoReady();
        ada = await server.Ask();
        await ana.AcceptNext();
    }

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await ana.DisposeAsync();
        await server.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task An_agent_is_told_of_a_file_and_gets_it()
    {
        var id = await ada.Send("Café.txt", [.. "hello"u8]);
        var told = await ana.Inbox.Next(AgentClient.Chats, "the file");
        JsonPattern.Parse(
            $$"""
            {"type":"Notice","text":"Café.txt","userData":{"file-id":"{{id}}","file-name":"Café.txt","file-size":"5"},…}
            """).Check(told["messages"]![0]!, "message");
        foreach (var root in (string[])["me/chats", "chats"])
        {
            using var file = await ana.Http.GetAsync($"/api/v2/{root}/{ada.ChatId}/files/{id}");
            Assert.Equal("hello", await file.Content.ReadAsStringAsync());
            Assert.Equal("text/plain", $"{file.Content.Headers.ContentType}");
            Assert.Equal(
                "attachment; filename*=UTF-8''Caf%C3%A9.txt", file.Content.Headers.GetValues("Content-Disposition").Single());
            Assert.Equal("default-src 'none'; sandbox", file.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        }
        Assert.Equal("0", $"{(await ada.Limits())["used-download-attempts"]}");
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_was_deleted_is_not_found()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        (await ada.Post($"file/{id}/delete")).Succeeded();
        foreach (var other in (string[])[id, new string('0', 32), "..%2F..%2Fparley.db"])
            (await ana.Get($"/api/v2/me/chats/{ada.ChatId}/files/{other}")).Refused(404, 6);
    }

    [Fact]
    public async Task Somebody_elses_chat_has_no_files_but_for_supervisors()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        await using var cy = server.User("cy");
        await using var sue = server.User("sue");
        foreach (var other in (AgentClient[])[cy, sue])
        {
            var answer = await other.Get($"/api/v2/me/chats/{ada.ChatId}/files/{id}");
            answer.Refused(404, 6);
            Assert.Equal($"Chat {ada.ChatId} was not found.", $"{answer.Body["statusMessage"]}");
        }
        (await cy.Get($"/api/v2/chats/{ada.ChatId}/files/{id}")).Refused(404, 6);
        await using var nobody = new AgentClient(server.Address, null, null);
        (await nobody.Get($"/api/v2/me/chats/{ada.ChatId}/files/{id}")).Refused(401, 20);
        using var file = await sue.Http.GetAsync($"/api/v2/chats/{ada.ChatId}/files/{id}");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
    }

    [Fact]
    public async Task After_chat_work_still_has_the_files_and_the_finished_chat_has_not()
    {
        var id = await ada.Send("1.png", FileCustomer.Png);
        (await ana.Do(ada.ChatId, "Leave")).Succeeded();
        using (var file = await ana.Http.GetAsync($"/api/v2/me/chats/{ada.ChatId}/files/{id}"))
            Assert.Equal(FileCustomer.Png, await file.Content.ReadAsByteArrayAsync());
        (await ana.Do(ada.ChatId, "Complete")).Succeeded();
        (await ana.Get($"/api/v2/me/chats/{ada.ChatId}/files/{id}")).Refused(404, 6);
    }

    [Fact]
    public async Task What_customers_are_answered_about_files_is_as_described()
    {
        var document = await ApiDocument.Read(ana.Http, "/openapi/v1.json");
        var sent = (await ada.Upload("1.png", FileCustomer.Png)).Succeeded();
        const string root = "/genesys/2/chat/{service}/{chat}/file";
        document.Describes("POST", root, 200, sent.Body);
        document.Describes("POST", $"{root}/limits", 200, (await ada.Post("file/limits")).Body);
        var id = $"{sent.Body["userData"]!["file-id"]}";
        var deleted = await ada.Post($"file/{id}/delete", ("transcriptPosition", "1"));
        document.Describes("POST", $"{root}/{{fileId}}/delete", 200, deleted.Body);
        document.Describes("POST", $"{root}/{{fileId}}/delete", 404, (await ada.Post($"file/{id}/delete")).Body);
        document.Describes("POST", root, 400, (await ada.Upload("1.exe", [1])).Body);
        document.Describes("POST", "/genesys/2/chat-ntf", 200, (await ada.Notify(("operation", "fileGetLimits"))).Body);
    }
}
