using Parley.Server.Documents;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Provisioning;

/// <summary>Reads the contact centre at start and publishes the schema of its file.</summary>
internal static class Provisioning
{
    public static void AddProvisioning(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<ProvisioningOptions>("Provisioning");
        var errors = SetupErrors.Of(builder);
        if (options.Demo)
        {
            foreach (var address in LoopbackOnly.Violations(builder.Configuration))
                errors.Add($"--demo: its passwords are public, so it listens on loopback addresses only; {address} is not one.");
        }
        var (source, file) = Load(options, errors);
        if (file is null) return;
        var (center, wrong) = ContactCenterReader.Read(file, options.MaxSettingsCharactersPerUser);
        errors.AddRange(wrong.Select(w => $"{source}: {w}"));
        if (center is null) return;
        builder.Services.AddSingleton(center);
        builder.Services.AddSingleton<Responsibility>();
        builder.Services.AddSingleton<DispositionGroups>();
    }

    public static void MapProvisioning(this WebApplication app) =>
        app.MapGet("/schema/contact-center.json", () => Results.Bytes(ContactCenterReader.Schema, ApiAnswer.ContentType))
            .WithTags("Contact centre").WithSummary("The JSON schema of the contact centre's file.")
            .Answers(Answer.Document);

    private static (string Source, byte[]? File) Load(ProvisioningOptions options, SetupErrors errors)
    {
        if (options.Demo) return ("the demonstration", ContactCenterReader.Resource(Demo.Resource));
        var path = Path.GetFullPath(options.File);
        try
        {
            var size = new FileInfo(path).Length;
            if (size <= options.MaxFileBytes) return (options.File, File.ReadAllBytes(path));
            errors.Add($"{path}: has {size} bytes; {options.MaxFileBytes} are allowed.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(
                $"{path}: cannot be read ({e.Message}). Give the contact centre's file with --center FILE, or try --demo.");
        }
        return (options.File, null);
    }
}
