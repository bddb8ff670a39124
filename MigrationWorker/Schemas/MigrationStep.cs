using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>One migration of the tenant plane as SQL that names no schema of its own: search_path says where it is carried out.</summary>
/// <param name="Id">As EF knows the migration.</param>
/// <param name="Operations">What it is made of, for those who judge it.</param>
/// <param name="Statements">Touch nothing but the schema itself.</param>
/// <param name="IsTransactional">Whether it can be done and undone as a whole: not where an index is created concurrently.</param>
internal sealed record MigrationStep(
    string Id, IReadOnlyList<MigrationOperation> Operations, IReadOnlyList<string> Statements, bool IsTransactional)
{
    /// <summary>All in one text, for a single round trip within a transaction.</summary>
    public string Script => string.Join('\n', Statements);
}
