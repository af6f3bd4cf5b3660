using System.Text.Json.Serialization;

namespace Parley.Server.Rest.Wire;

/// <summary>The serialization of the records that <c>/me</c>, settings and features answer with; absent values are left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(IReadOnlyList<SkillView>))]
[JsonSerializable(typeof(IReadOnlyList<GroupView>))]
[JsonSerializable(typeof(IReadOnlyList<FeatureView>))]
[JsonSerializable(typeof(IReadOnlyList<AgentStateView>))]
[JsonSerializable(typeof(IReadOnlyList<SettingsGroupView>))]
[JsonSerializable(typeof(GeneralSettingsView))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>))]
internal sealed partial class RestJson : JsonSerializerContext;
