using Parley.Chats;
using Parley.Chats.Operations;

namespace Parley.Tests.States;

/// <summary><c>docs/states.md</c> says what the operations do, all of them and for every role.</summary>
public sealed class StatesDocumentTests
{
    /// <summary>Set to anything, it makes the tests write the document anew.</summary>
    private const string WriteVariable = "PARLEY_WRITE_DOCUMENTS";

    [Fact]
    public void Every_operation_of_agents_has_a_row()
    {
        var operations = typeof(AgentOperation).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(AgentOperation)) && !type.IsAbstract && type != typeof(Flawed))
            .Select(type => type.Name);
        var rows = StatesDocument.Rows.Select(row => row.Name.Split(' ', ',')[0]);
        Assert.Equal(operations.Order(StringComparer.Ordinal), rows.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_role_has_a_table_and_every_column_its_state()
    {
        Assert.Equal(Enum.GetValues<ChatRole>(), Situation.ByRole.Select(table => table.Role));
        foreach (var (role, columns) in Situation.ByRole)
        {
            foreach (var column in columns)
            {
                var part = column.Chat.Part(column.Me)!;
                Assert.Equal((role, column.Name.Split(',')[0]), (part.Role, $"{part.State}"));
            }
        }
    }

    [Fact]
    public void The_document_is_what_the_operations_do()
    {
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
            File.WriteAllText(StatesDocument.Path, StatesDocument.Text());
        Assert.True(
            File.Exists(StatesDocument.Path) && File.ReadAllText(StatesDocument.Path) == StatesDocument.Text(),
            $"docs/states.md is not up to date: run this test with {WriteVariable}=1.");
    }
}
