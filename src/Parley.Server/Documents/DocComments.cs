using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Parley.Server.Documents;

/// <summary>
/// The doc comments of the program, as the compiler left them beside the assemblies; none if the files are missing.
/// </summary>
internal sealed partial class DocComments
{
    private static readonly string[] Assemblies = ["Parley", "Parley.Server"];

    private readonly Dictionary<string, XElement> members = new(StringComparer.Ordinal);

    public DocComments()
    {
        foreach (var assembly in Assemblies)
        {
            var path = Path.Combine(AppContext.BaseDirectory, assembly + ".xml");
            if (!File.Exists(path)) continue;
            foreach (var member in XDocument.Load(path).Descendants("member")) members[Key(member)] = member;
        }
    }

    public DocComment Of(Type type) => Find($"T:{type.FullName?.Replace('+', '.')}");

    public DocComment Of(PropertyInfo property) =>
        Find($"P:{property.DeclaringType!.FullName?.Replace('+', '.')}.{property.Name}");

    /// <summary>The comment on a value of an enumeration.</summary>
    public DocComment Of(Enum value) => Find($"F:{value.GetType().FullName}.{value}");

    public DocComment Of(MethodInfo method) => Find($"M:{method.DeclaringType!.FullName?.Replace('+', '.')}.{method.Name}");

    private DocComment Find(string key) =>
        members.TryGetValue(key, out var member) ? Read(member) : DocComment.None;

    // methods that share a name share a comment: none of those described do
    private static string Key(XElement member) => member.Attribute("name")!.Value.Split('(')[0];

    private static DocComment Read(XElement member)
    {
        var remarks = Text(member.Element("remarks"));
        var source = SourceLine().Match(remarks);
        return new DocComment(
            Text(member.Element("summary")),
            source.Success ? remarks[..source.Index].TrimEnd() : remarks,
            source.Success ? source.Groups["pages"].Value.Replace("\"", "", StringComparison.Ordinal) : null,
            member.Elements("param").ToDictionary(p => p.Attribute("name")!.Value, Text, StringComparer.Ordinal));
    }

    /// <summary>The text on one line, code between backticks.</summary>
    private static string Text(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes()) text.Append(node is XElement inner ? Inline(inner) : ((XText)node).Value);
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static string Inline(XElement element) => element.Name.LocalName switch
    {
        "c" or "code" => $"`{element.Value}`",
        "see" or "seealso" => $"`{element.Attribute("cref")?.Value.Split('(')[0].Split('.')[^1]}`",
        "paramref" => $"`{element.Attribute("name")?.Value}`",
        _ => $" {Text(element)} ",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"Source: (Web Services API Reference, )?(?<pages>.+?)\.?$")]
    private static partial Regex SourceLine();
}

/// <summary>One doc comment.</summary>
/// <param name="Summary">What the thing is.</param>
/// <param name="Remarks">What else is to be known of it.</param>
/// <param name="Source">The published pages that it follows, from the line that begins with "Source:".</param>
/// <param name="Parameters">What each parameter is, by name.</param>
internal sealed record DocComment(string Summary, string Remarks, string? Source, IReadOnlyDictionary<string, string> Parameters)
{
    public static readonly DocComment None = new("", "", null, new Dictionary<string, string>());

    /// <summary>Summary and remarks.</summary>
    public string Whole => Remarks.Length == 0 ? Summary : $"{Summary} {Remarks}";
}
