namespace TenantPlatform.Data;

/// <summary>
/// Rows guarded against lost updates: EF writes only while <see cref="Version"/> is still what was read, and
/// <see cref="TimestampsInterceptor"/> adds one. A column of ours, because xmin changes when a tenant moves.
/// </summary>
public interface IVersioned
{
    int Version { get; set; }
}
