using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Parley.Server;

/// <summary>How an option class is filled from its section <c>Parley:…</c> and checked.</summary>
/// <remarks>
/// A section is flat: numbers, switches, texts and lists of texts (an array, or one text with commas). Limits are
/// DataAnnotations on the properties; rules over several properties are <see cref="IValidatableObject"/>. A wrong
/// value and a setting that does not exist are errors; all of them are gathered in <see cref="SetupErrors"/>.
/// </remarks>
internal static class Settings
{
    private const string Root = "Parley";

    /// <summary>Reads section <c>Parley:{name}</c> and makes the option object injectable.</summary>
    public static T AddSettings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this WebApplicationBuilder builder, string name)
        where T : class, new()
    {
        var errors = SetupErrors.Of(builder);
        var section = builder.Configuration.GetSection($"{Root}:{name}");
        var options = new T();
        var properties = typeof(T).GetProperties().Where(p => p.CanWrite)
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property)) errors.Add($"{child.Path}: is not a setting.");
            else if (Fill(options, property, child) is { } error) errors.Add($"{section.Path}:{property.Name}: {error}");
        }
        errors.AddRange(Broken(options, section.Path));
        KnownSections(builder).Add(name);
        builder.Services.AddSingleton(options);
        return options;
    }

    /// <summary>The option object of a section that was read before.</summary>
    public static T SettingsOf<T>(this WebApplicationBuilder builder)
        where T : class =>
        (T)builder.Services.Last(s => s.ServiceType == typeof(T)).ImplementationInstance!;

    /// <summary>Reports the sections under <c>Parley</c> that nobody has read.</summary>
    public static void RefuseUnknownSections(this WebApplicationBuilder builder)
    {
        foreach (var section in builder.Configuration.GetSection(Root).GetChildren())
        {
            if (!KnownSections(builder).Contains(section.Key))
                SetupErrors.Of(builder).Add($"{section.Path}: is not a section of settings.");
        }
    }

    private static HashSet<string> KnownSections(IHostApplicationBuilder builder)
    {
        if (builder.Properties.TryGetValue(typeof(Settings), out var found)) return (HashSet<string>)found;
        var created = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        builder.Properties[typeof(Settings)] = created;
        return created;
    }

    private static string? Fill(object options, PropertyInfo property, IConfigurationSection value)
    {
        if (property.PropertyType == typeof(string[]))
        {
            property.SetValue(options, Texts(value));
            return null;
        }
        if (value.Value is not { } text) return "must be a single value.";
        try
        {
            property.SetValue(options, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(text));
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return $"'{text}' is not {Kind(property.PropertyType)}.";
        }
    }

    private static string[] Texts(IConfigurationSection list) =>
        list.Value is { } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. list.GetChildren().Select(c => c.Value).OfType<string>()];

    private static string Kind(Type type) =>
        type == typeof(bool) ? "true or false"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : "a whole number in range";

    private static IEnumerable<string> Broken(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(r => $"{path}:{string.Join(",", r.MemberNames)}: {r.ErrorMessage}");
    }
}
