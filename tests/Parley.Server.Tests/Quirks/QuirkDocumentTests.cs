namespace Parley.Server.Tests.Quirks;

/// <summary>
/// Each row of <c>docs/quirks.md</c> has a test, each number of a test a row, and the document says by which tests.
/// </summary>
public sealed class QuirkDocumentTests
{
    /// <summary>Set to anything, it makes the tests write the document anew.</summary>
    private const string WriteVariable = "PARLEY_WRITE_DOCUMENTS";

    private static readonly string[] Numbers = [.. QuirkDocument.Rows(File.ReadAllText(QuirkDocument.Path))];

    [Fact]
    public void Every_row_has_a_test() => Assert.DoesNotContain(Numbers, number => !QuirkDocument.Tests.Contains(number));

    [Fact]
    public void Every_number_that_a_test_names_is_a_row() =>
        Assert.Empty(QuirkDocument.Tests.Select(tests => tests.Key).Except(Numbers));

    [Fact]
    public void The_numbers_of_each_table_run_from_one_without_a_gap()
    {
        var constraints = Numbers.Count(n => n[0] == 'A');
        Assert.Equal(
            [
                .. Enumerable.Range(1, Numbers.Length - constraints).Select(n => $"{n}"),
                .. Enumerable.Range(1, constraints).Select(n => $"A{n}"),
            ],
            Numbers);
    }

    [Fact]
    public void The_last_column_names_the_tests()
    {
        var document = File.ReadAllText(QuirkDocument.Path);
        var expected = QuirkDocument.WithTests(document);
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null) File.WriteAllText(QuirkDocument.Path, expected);
        else
            Assert.True(document == expected, $"docs/quirks.md is not up to date: run this test with {WriteVariable}=1.");
    }
}
