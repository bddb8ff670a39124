namespace TenantPlatform.Data;

/// <summary>Rows that know when they were made, last changed and soft-deleted. <see cref="TimestampsInterceptor"/> keeps the first two.</summary>
public interface ITimestamped : ICreated
{
    DateTimeOffset Updated { get; set; }

    DateTimeOffset? Deleted { get; set; }
}
