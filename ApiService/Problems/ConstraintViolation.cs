using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.ApiService.Problems;

/// <summary>Constraints of the database that a request can violate although its values pass validation, and the field at fault.</summary>
internal sealed record ConstraintViolation(string Field, string Message)
{
    private static readonly Dictionary<string, ConstraintViolation> ByConstraint = new()
    {
        ["ck_users_email_format"] = new(nameof(User.Email), "This is not an email address that we can keep."),
        ["ck_users_name_length"] = new(nameof(User.Name), "The name must have 1 to 200 characters."),
        ["ck_tenants_name_length"] = new(nameof(Tenant.Name), "The name must have 1 to 200 characters."),
        ["ck_tenants_slug_format"] = new(
            nameof(Tenant.Slug), "The slug must have 1 to 63 characters a-z, 0-9 and '-', and neither begin nor end with '-'."),
        ["ck_todos_title_length"] = new(nameof(Todo.Title), "The title must have 1 to 500 characters."),
        ["ck_todos_description_length"] = new(nameof(Todo.Description), "The description must have at most 10000 characters."),
        ["ck_todos_priority_range"] = new(nameof(Todo.Priority), "The priority must be between 1 and 5."),
        ["fk_todos_tenant_users_tenant_id_assigned_to"] = new(nameof(Todo.AssignedTo), "This user is not a member of the tenant."),
    };

    public static ConstraintViolation? Of(DbUpdateException exception) =>
        exception.InnerException is PostgresException { ConstraintName: { } constraint } ? ByConstraint.GetValueOrDefault(constraint) : null;

    /// <summary>The unique index at fault, if that is what failed.</summary>
    public static bool IsDuplicate(DbUpdateException exception, string index) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } cause && cause.ConstraintName == index;
}
