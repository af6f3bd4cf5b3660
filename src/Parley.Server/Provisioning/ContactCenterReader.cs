using System.Text.Json;

namespace Parley.Server.Provisioning;

/// <summary>Turns the text of a contact centre's file into the model, or into everything that is wrong with it.</summary>
internal static class ContactCenterReader
{
    public const string SchemaResource = "Parley.Server.contact-center.schema.json";

    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly Lazy<byte[]> SchemaBytes = new(() => Resource(SchemaResource));

    /// <summary>The published JSON schema, as bytes.</summary>
    public static ReadOnlyMemory<byte> Schema => SchemaBytes.Value;

    /// <summary>Reads the file; exactly one of the two results is empty.</summary>
    public static (ContactCenter? Center, IReadOnlyList<string> Errors) Read(ReadOnlyMemory<byte> file, int maxSettingsCharactersPerUser)
    {
        try
        {
            using var document = JsonDocument.Parse(file, Tolerant);
            using var schema = JsonDocument.Parse(Schema);
            string[] misfits = [.. new JsonShape(schema.RootElement).Misfits(document.RootElement)];
            if (misfits.Length > 0) return (null, misfits);

            var read = document.RootElement.Deserialize(ContactCenterJson.Default.ContactCenterFile)!;
            var errors = new ContactCenterRules(read, maxSettingsCharactersPerUser).Broken();
            return errors.Count > 0 ? (null, errors) : (ContactCenterBuild.From(read), []);
        }
        catch (JsonException e)
        {
            return (null, [$"line {e.LineNumber + 1}: is not JSON. {e.Message}"]);
        }
        catch (InvalidOperationException)
        {
            // the reader finds broken UTF-8 and lone surrogates only when a text is taken out
            return (null, ["a text is not valid UTF-8."]);
        }
    }

    public static byte[] Resource(string name)
    {
        using var stream = typeof(ContactCenterReader).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the program.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
