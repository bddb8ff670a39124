using Microsoft.EntityFrameworkCore.Metadata;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>A table of the tenant plane as a move sees it: rows of a tenant, told apart by their id.</summary>
/// <param name="References">To other tables of the tenant plane, and to itself.</param>
internal sealed record MoveTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<MoveReference> References)
{
    private const string TenantId = "tenant_id";
    private const string Id = "id";

    public bool RefersToItself => References.Any(reference => reference.Principal == Name);

    /// <summary>Those that others refer to come first.</summary>
    /// <exception cref="NotSupportedException">There is no such order, or a table has another key than the plane's.</exception>
    public static IReadOnlyList<MoveTable> PrincipalsFirst(IEnumerable<ITable> tables)
    {
        var left = tables.Where(table => !table.IsExcludedFromMigrations).OrderBy(table => table.Name, StringComparer.Ordinal).Select(Describe).ToList();
        var ordered = new List<MoveTable>();

        while (left.Count > 0)
        {
            var next = left.Find(table => !table.References.Any(reference => reference.Principal != table.Name && left.Exists(other => other.Name == reference.Principal)))
                ?? throw new NotSupportedException($"{string.Join(", ", left.Select(table => table.Name))} refer to each other in a circle: no order of copying suits them.");
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }

    private static MoveTable Describe(ITable table)
    {
        Require(table, table.PrimaryKey?.Columns.Select(column => column.Name).SequenceEqual([TenantId, Id]) is true, "its key is not (tenant_id, id)");
        return new(
            table.Name,
            [.. table.Columns.Where(column => column.ComputedColumnSql is null).Select(column => column.Name)],
            [.. table.ForeignKeyConstraints.Where(key => key.PrincipalTable.Schema is null).Select(key => Describe(table, key))]);
    }

    private static MoveReference Describe(ITable table, IForeignKeyConstraint key)
    {
        Require(
            table,
            key.Columns.Count == 2 && key.Columns[0].Name == TenantId && key.PrincipalColumns.Select(column => column.Name).SequenceEqual([TenantId, Id]),
            $"{key.Name} does not refer to (tenant_id, id)");
        return new(key.Columns[1].Name, key.PrincipalTable.Name);
    }

    private static void Require(ITable table, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new NotSupportedException($"{table.Name} cannot be moved with its tenant: {otherwise}.");
        }
    }
}

/// <param name="Column">Holds the id of a row of <paramref name="Principal"/>, or null.</param>
internal sealed record MoveReference(string Column, string Principal);
