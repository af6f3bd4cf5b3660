using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>What customers of GMS Chat do beside talking, and what agents read of it.</summary>
public sealed class GmsOperationTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    [Fact]
    public async Task A_signal_reaches_agents_with_its_attributes()
    {
        (await desk.Customer.Post("customNotice", ("message", "form"), ("eventAttributes", """{"step":2}"""))).Succeeded();
        var notice = await LastOf("CustomNotice");
        Assert.Equal("form", notice["noticeText"]!.GetValue<string>());
        Assert.Equal(2, notice["eventAttributes"]!["step"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_address_is_pushed_only_if_it_is_of_the_web()
    {
        (await desk.Customer.Post("pushUrl", ("pushUrl", "https://shop.example.test/basket"))).Succeeded();
        Assert.Equal("https://shop.example.test/basket", (await LastOf("PushUrl"))["url"]!.GetValue<string>());
        Assert.Equal(400, (await desk.Customer.Post("pushUrl", ("pushUrl", "javascript:alert(1)"))).Http);
    }

    [Fact]
    public async Task Data_of_the_customer_is_added_to_the_chats()
    {
        (await desk.Customer.Post("updateData", ("userData[Plan]", "Gold"))).Succeeded();
        var chat = (await desk.Agent.ReadChats()).Single(c => c!["id"]!.GetValue<string>() == desk.ChatId)!;
        Assert.Equal("Gold", chat["userData"]!["Plan"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_customer_has_read_is_told_to_agents_and_never_goes_back()
    {
        (await desk.Customer.Post("readReceipt", ("transcriptPosition", "2"))).Succeeded();
        (await desk.Customer.Post("readReceipt", ("transcriptPosition", "1"))).Succeeded();
        var chat = (await desk.Agent.ReadChats()).Single(c => c!["id"]!.GetValue<string>() == desk.ChatId)!;
        Assert.Equal(2, chat["customerReadIndex"]!.GetValue<int>());
    }

    [Fact]
    public async Task K22_nobody_takes_the_name_that_clients_obey_nor_an_agents()
    {
        Assert.Equal(400, (await desk.Customer.Post("updateNickname", ("nickname", "_GCTI_GSS"))).Http);
        var agent = (await desk.Customer.ReadAll())["messages"]!.AsArray()
            .First(m => m!["from"]!["type"]!.GetValue<string>() == "Agent")!["from"]!["nickname"]!.GetValue<string>();
        Assert.Equal(400, (await desk.Customer.Post("updateNickname", ("nickname", agent))).Http);
        (await desk.Customer.Post("updateNickname", ("nickname", "Adele"))).Succeeded();
        var last = (await desk.Customer.ReadAll())["messages"]!.AsArray()[^1]!;
        Assert.Equal("NicknameUpdated", last["type"]!.GetValue<string>());
        Assert.Equal("Adele", (await LastOf("Notice"))["text"]!.GetValue<string>());
    }

    private async Task<JsonNode> LastOf(string type) =>
        (await desk.Agent.ReadMessages(desk.ChatId)).Last(m => m!["type"]!.GetValue<string>() == type)!;
}
