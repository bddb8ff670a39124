using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

public sealed class StaffRequest
{
    [Required, RegularExpression("^(admin|support)$", ErrorMessage = "The role is admin or support.")]
    public string Role { get; set; } = "";
}

internal sealed record StaffResponse(Guid UserId, string Email, string? Name, string Role, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly Expression<Func<PlatformUser, User, StaffResponse>> FromStaff = (staff, user) =>
        new StaffResponse(staff.UserId, user.Email, user.Name, staff.Role, staff.Created, staff.Updated);
}
