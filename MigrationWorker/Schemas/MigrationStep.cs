using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>One migration of the tenant plane as SQL that names no schema of its own: search_path says where it is carried out.</summary>
/// <param name="Id">As EF knows the migration.</param>
/// <param name="Operations">What it is made of, for those who judge it.</param>
/// <param name="Statements">Touch nothing but the schema itself.</param>
/// <param name="References">Foreign keys to the control plane. They lock tables that all tenants share, so they come last.</param>
/// <param name="Principals">The shared tables that the references lock, always in this order.</param>
/// <param name="IsTransactional">Whether it can be done and undone as a whole: not where an index is created concurrently.</param>
internal sealed record MigrationStep(
    string Id,
    IReadOnlyList<MigrationOperation> Operations,
    IReadOnlyList<string> Statements,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Principals,
    bool IsTransactional)
{
    /// <summary>Whether references of earlier steps must exist before this one; those that only add can go first.</summary>
    public bool NeedsEarlierReferences => Operations.Any(operation =>
        operation is not (CreateTableOperation or AddColumnOperation or CreateIndexOperation or AddForeignKeyOperation or AddCheckConstraintOperation));

    /// <summary>All in one text, for a single round trip within a transaction.</summary>
    public string Script => string.Join('\n', Statements.Concat(LockPrincipals(Principals)).Concat(References));

    /// <summary>Taken at once and in one order, so that two of us, or a request and one of us, cannot wait for each other in a circle.</summary>
    public static IEnumerable<string> LockPrincipals(IReadOnlyCollection<string> principals) =>
        principals.Count == 0 ? [] : [$"lock table {string.Join(", ", principals)} in share row exclusive mode;"];
}
