using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

/// <summary>A member of the tenant in one of its teams. One row per person and team: who comes back has the old row un-deleted.</summary>
public sealed class TeamMember : ITenantOwned, ITimestamped
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid TeamId { get; init; }

    public Guid UserId { get; init; }

    public string Role { get; set; } = TeamRole.Member;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class TeamRole
{
    public const string Lead = "lead";
    public const string Member = "member";
}
