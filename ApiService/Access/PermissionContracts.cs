using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Access;

internal sealed record PermissionResponse(string Key, string Module, string Description);

internal sealed record PermissionsResponse(IReadOnlyList<PermissionResponse> Items);

/// <param name="Granted">Entries of the caller's roles, as they are.</param>
/// <param name="Permissions">All that they imply, entry by entry of the catalogue.</param>
internal sealed record OwnPermissionsResponse(IReadOnlyList<string> Roles, IReadOnlyList<string> Granted, IReadOnlyList<string> Permissions);

public sealed record AccessQuestion
{
    [Required]
    public Guid? User { get; init; }

    [Required, RegularExpression(@"^(\*|[a-z_]+:(\*|[a-z_]+))$", ErrorMessage = "A permission is module:action, module:* or *.")]
    public string Permission { get; init; } = "";
}

/// <param name="Because">A sentence for people.</param>
/// <param name="Membership">active, suspended or none.</param>
/// <param name="Role">The role that decided; null when none does.</param>
/// <param name="Rule">The entry of that role which implies the permission; null when none does.</param>
internal sealed record AccessExplanation(
    Guid User, string Permission, bool Allowed, string Because, string Membership, IReadOnlyList<string> Roles, string? Role, string? Rule);
