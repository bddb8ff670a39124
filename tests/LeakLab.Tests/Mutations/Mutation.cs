using Microsoft.Extensions.DependencyInjection;

namespace TenantPlatform.LeakLab.Tests.Mutations;

/// <summary>One way to break isolation.</summary>
/// <param name="Tables">Where the lab looks for what follows from it.</param>
internal sealed record Mutation(string Name, params string[] Tables)
{
    /// <summary>Run by the superuser in a copy of the database.</summary>
    public string? Sql { get; init; }

    /// <summary>For what belongs to the whole server and not to the copy.</summary>
    public string? Undo { get; init; }

    /// <summary>Breaks the application instead of the database.</summary>
    public Action<IServiceCollection>? Configure { get; init; }
}
