using Parley.Server.Hosting;

namespace Parley.Server.Operation.Overload;

/// <summary>How the server bears more than it can do.</summary>
internal static class OverloadSetup
{
    public static void AddOverload(this WebApplicationBuilder builder)
    {
        builder.AddSettings<OverloadOptions>("Overload");
        builder.Services.AddSingleton<RequestLoad>();
        builder.Services.AddSingleton<NewChats>();
        builder.Services.AddHearer<Occupancy>();
    }

    /// <summary>Exempts requests that are no load, or are held for long, or must always be answered.</summary>
    public static TBuilder WithoutCounting<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(NotCounted.Mark);
}
