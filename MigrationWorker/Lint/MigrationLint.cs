using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace TenantPlatform.MigrationWorker.Lint;

/// <summary>Finds what would lock or rewrite large tables, or break replicas of the release before. Needs no database.</summary>
internal static class MigrationLint
{
    /// <param name="migrations">Oldest first, from the very first on: later ones rest on earlier ones.</param>
    public static IReadOnlyList<LintFinding> Judge(IEnumerable<LintedMigration> migrations)
    {
        var findings = new List<LintFinding>();
        var proven = new HashSet<(string, string)>();

        foreach (var migration in migrations)
        {
            var found = JudgeOperations(migration, proven).Concat(JudgeWhole(migration));
            findings.AddRange(found.Distinct().Select(finding => new LintFinding(
                finding.Rule, migration.Id, finding.Operation, migration.Accepted.FirstOrDefault(risk => risk.Rule == finding.Rule.Id)?.Reason)));
            proven.UnionWith(migration.Operations.OfType<SqlOperation>().SelectMany(sql => SqlRules.ProvenNotNull(sql.Sql)));
        }

        return findings;
    }

    private static IEnumerable<(LintRule Rule, string Operation)> JudgeOperations(LintedMigration migration, HashSet<(string, string)> proven)
    {
        var created = migration.Operations.OfType<CreateTableOperation>().Select(table => table.Name).ToHashSet();
        var unused = migration.Unused.Select(drop => drop.Subject).ToHashSet();
        return from operation in migration.Operations
               where operation is not ITableMigrationOperation { Table: var table } || !created.Contains(table)
               from finding in operation is SqlOperation sql ? SqlRules.Judge(sql.Sql, created, unused, proven) : OperationRules.Judge(operation, unused, proven)
               select finding;
    }

    private static IEnumerable<(LintRule Rule, string Operation)> JudgeWhole(LintedMigration migration)
    {
        var outside = migration.Operations.Where(OperationRules.IsOutsideTransactions).ToList();

        if (outside.Count > 0 && migration.Operations.Count > 1)
        {
            yield return (LintRule.MixedTransaction, $"{outside.Count} of {migration.Operations.Count} operations run outside transactions");
        }

        var created = migration.Operations.OfType<CreateTableOperation>().Select(table => table.Name).ToHashSet();
        var nothing = new HashSet<string>();
        var writes = migration.Operations.Where(operation => OperationRules.WritesRows(operation, created)).ToList();
        var changes = migration.Operations.Any(operation => !OperationRules.WritesRows(operation, nothing)
            && operation is ITableMigrationOperation { Table: var table } && !created.Contains(table));

        var texts = migration.Operations.OfType<SqlOperation>().Select(sql => sql.Sql).ToList();

        if (writes.Count > 0 && (changes || texts.Exists(SqlRules.ChangesTables)))
        {
            yield return (LintRule.BackfillMixed, "rows are written beside changes of tables");
        }

        if (SqlRules.ValidatesWhatItAdds(texts))
        {
            yield return (LintRule.CheckValidated, "a constraint is validated in the migration that adds it");
        }
    }
}
