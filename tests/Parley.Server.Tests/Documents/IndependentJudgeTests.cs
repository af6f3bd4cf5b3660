using Parley.Server.Tests.Clients;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Documents;

/// <summary>The documents and their page in the eyes of others: the published schemas of both standards, and Chromium.</summary>
public sealed class IndependentJudgeTests(SharedDemo demo, NodePeer peer) : IClassFixture<SharedDemo>, IClassFixture<NodePeer>
{
    [Fact]
    public async Task The_documents_are_what_their_standards_ask_for()
    {
        Assert.NotNull(peer);
        await NodePeer.Play("documents.mjs", demo.Started.Address.ToString());
    }

    [Fact]
    public async Task The_page_shows_an_operation_by_keyboard_on_a_desk_and_on_a_phone_and_asks_nobody_else()
    {
        Assert.NotNull(peer);
        await NodePeer.Play("docs-page.mjs", demo.Started.Address.ToString());
    }
}
