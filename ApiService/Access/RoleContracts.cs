using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Access;

namespace TenantPlatform.ApiService.Access;

public class UpdateRoleRequest : IValidatableObject
{
    internal const int MaximumPermissions = 100;

    [StringLength(500)]
    public string? Description { get; set; }

    /// <summary>Entries of the catalogue at /permissions: module:action, module:* or *.</summary>
    [Required, Length(0, MaximumPermissions)]
    public IReadOnlyList<string> Permissions { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (index, permission) in Permissions.Index())
        {
            if (permission is null || !PermissionSet.IsValid(permission))
            {
                yield return new ValidationResult("A permission is module:action, module:* or *.", [$"{nameof(Permissions)}[{index}]"]);
            }
        }
    }
}

public sealed class CreateRoleRequest : UpdateRoleRequest
{
    [Required, RegularExpression("^[a-z][a-z0-9_-]{0,49}$", ErrorMessage = "A name has 1 to 50 characters a-z, 0-9, '_' and '-', and begins with a letter.")]
    public string Name { get; set; } = "";
}

internal sealed record RoleResponse(
    Guid Id, string Name, string? Description, IReadOnlyList<string> Permissions, bool IsSystem, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly Expression<Func<Role, RoleResponse>> FromRole = role => new RoleResponse(
        role.Id, role.Name, role.Description, role.Permissions, role.IsSystem, role.Created, role.Updated);

    private static readonly Func<Role, RoleResponse> Compiled = FromRole.Compile();

    public static RoleResponse From(Role role) => Compiled(role);
}

internal sealed record RolesResponse(IReadOnlyList<RoleResponse> Items);
