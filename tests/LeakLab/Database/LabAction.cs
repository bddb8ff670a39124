using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.LeakLab.Database;

internal enum StatementKind
{
    /// <summary>Answers with rows; each is the victim's.</summary>
    Query,

    /// <summary>Answers with a number of rows written.</summary>
    Command,

    CopyOut,

    CopyIn,

    /// <summary>Answers with nothing: that it did not fail is what matters.</summary>
    Utility,
}

/// <summary>One way to touch the victim's rows.</summary>
internal sealed record LabAction(string Name, StatementKind Kind, Func<Subject, string> Sql)
{
    public static LabAction Select { get; } = new("select", StatementKind.Query, row => $"select * from {row.Name} where {row.Predicate}");

    public static LabAction Insert { get; } = new("insert", StatementKind.Command, row => row.Fresh.InsertSql);

    public static LabAction Update { get; } = new("update", StatementKind.Command, UpdateSql);

    public static LabAction Delete { get; } = new("delete", StatementKind.Command, row => $"delete from {row.Name} where {row.Predicate}");

    public static LabAction TableLock { get; } = new("lock table", StatementKind.Utility, row => $"lock table {row.Name} in access exclusive mode");

    public static LabAction Truncate { get; } = new("truncate", StatementKind.Utility, row => $"truncate {row.Name} cascade");

    /// <summary>The attacker writes a row of its own with the victim's values: a unique violation would tell that the victim has them.</summary>
    public static LabAction Guess { get; } = new("guess unique values", StatementKind.Command, GuessSql);

    public static IReadOnlyList<LabAction> All { get; } =
    [
        Select,
        Insert,
        Update,
        Delete,
        new("upsert", StatementKind.Command, UpsertSql),
        new("returning", StatementKind.Query, row => $"{UpdateSql(row)} returning *"),
        new("copy to", StatementKind.CopyOut, row => $"copy {row.Name} to stdout"),
        new("copy from", StatementKind.CopyIn, row => $"copy {row.Name} ({string.Join(", ", row.Fresh.Values.Keys)}) from stdin"),
        new("lock row", StatementKind.Query, row => $"select * from {row.Name} where {row.Predicate} for update"),
        TableLock,
        Truncate,
    ];

    /// <summary>Whether it is about rows that are there, so that it proves nothing where there are none.</summary>
    public bool NeedsRow => Name is "select" or "update" or "delete" or "returning" or "copy to" or "lock row";

    /// <summary>Whether the victim's rows can look different afterwards.</summary>
    public bool Writes => Name is not ("select" or "copy to" or "lock row" or "lock table");

    private static string UpdateSql(Subject subject)
    {
        var changed = subject.Guarded.Changeable;
        var value = changed.Name == "updated" ? "updated + interval '1 second'" : changed.Name;
        return $"update {subject.Name} set {changed.Name} = {value} where {subject.Predicate}";
    }

    private static string UpsertSql(Subject subject)
    {
        var key = string.Join(", ", subject.Theirs.Table.PrimaryKey!.Columns.Select(column => column.Name));
        var changed = subject.Guarded.Changeable.Name;
        return $"{subject.Theirs.InsertSql} on conflict ({key}) do update set {changed} = excluded.{changed}";
    }

    private static string GuessSql(Subject subject) => new Row(
        subject.Theirs.Table, new(subject.Theirs.Values) { ["tenant_id"] = subject.Attacker.TenantId.ToString() }).InsertSql;
}
