using Parley.Log.History;

namespace Parley.Log.Tests.History;

public sealed class InMemoryHistoryIndexTests : HistoryIndexSuite
{
    protected override Task<IHistoryIndex> OpenAsync() => Task.FromResult<IHistoryIndex>(new InMemoryHistoryIndex());
}
