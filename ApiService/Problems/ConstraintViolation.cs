using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data;

namespace TenantPlatform.ApiService.Problems;

/// <summary>The constraint of the database that a request violated although its values pass validation.</summary>
internal static class ConstraintViolation
{
    public static ConstraintMessage? Of(DbUpdateException exception) =>
        exception.InnerException is PostgresException { ConstraintName: { } constraint } ? Constraint.Describe(constraint) : null;

    /// <summary>The unique index at fault, if that is what failed.</summary>
    public static bool IsDuplicate(DbUpdateException exception, string index) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } cause && cause.ConstraintName == index;
}
