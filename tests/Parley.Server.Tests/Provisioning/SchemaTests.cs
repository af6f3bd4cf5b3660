using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Provisioning;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Provisioning;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(ContactCenterReader.Schema).RootElement;

    [Fact]
    public void The_sample_fits_the_schema_and_is_a_contact_centre()
    {
        var sample = File.ReadAllBytes(Path.Combine(Repository(), "docs", "contact-center.sample.json"));
        Assert.Empty(new JsonShape(Schema).Misfits(JsonDocument.Parse(sample).RootElement));
        Assert.Empty(ContactCenterReader.Read(sample, 1 << 18).Errors);
    }

    [Fact]
    public void Schema_and_records_have_the_same_properties() =>
        Compare("", Schema, ContactCenterJson.Default.ContactCenterFile);

    [Fact]
    public async Task The_server_publishes_the_schema()
    {
        await using var server = await StartedServer.Demo();
        using var answer = await server.Get("/schema/contact-center.json").Raw();
        Assert.Equal(Schema.GetRawText(), JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetRawText());
    }

    private static void Compare(string path, JsonElement rule, JsonTypeInfo type)
    {
        if (rule.TryGetProperty("$ref", out var reference))
            rule = Schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            Compare($"{path}[]", rule.GetProperty("items"), type.Options.GetTypeInfo(type.ElementType!));
        }
        else if (type.Kind == JsonTypeInfoKind.Object)
        {
            var properties = rule.GetProperty("properties");
            Assert.Equal(
                type.Properties.Select(p => $"{path}.{p.Name}").Order(),
                properties.EnumerateObject().Select(p => $"{path}.{p.Name}").Order());
            foreach (var property in type.Properties)
            {
                var isRequired = rule.TryGetProperty("required", out var required)
                    && required.EnumerateArray().Any(r => r.ValueEquals(property.Name));
                Assert.True(isRequired == property.IsRequired, $"{path}.{property.Name} is required in one and not in the other");
                Compare(
                    $"{path}.{property.Name}", properties.GetProperty(property.Name),
                    type.Options.GetTypeInfo(property.PropertyType));
            }
        }
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Parley.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
