using System.Text.Json.Serialization;

namespace Parley.Server.Rest.Wire;

/// <summary>
/// The serialization of the records that <c>/me</c>, the directory, settings and features answer with; what is absent is left
/// out.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(UserResource))]
[JsonSerializable(typeof(IReadOnlyList<SkillResource>))]
[JsonSerializable(typeof(IReadOnlyList<QueueResource>))]
[JsonSerializable(typeof(IReadOnlyList<MemberResource>))]
[JsonSerializable(typeof(IReadOnlyList<GroupResource>))]
[JsonSerializable(typeof(ContactResource))]
[JsonSerializable(typeof(IReadOnlyList<BusinessAttributeResource>))]
[JsonSerializable(typeof(IReadOnlyList<DispositionResource>))]
[JsonSerializable(typeof(DispositionGroupResource))]
[JsonSerializable(typeof(IReadOnlyList<FeatureResource>))]
[JsonSerializable(typeof(IReadOnlyList<AgentStateResource>))]
[JsonSerializable(typeof(IReadOnlyList<SettingsGroupResource>))]
[JsonSerializable(typeof(GeneralSettingsResource))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>))]
internal sealed partial class RestJson : JsonSerializerContext;
