namespace TenantPlatform.Data;

/// <summary>Rows that know when they were made. On its own for rows that are only ever added; others are <see cref="ITimestamped"/>.</summary>
public interface ICreated
{
    DateTimeOffset Created { get; set; }
}
