using Microsoft.EntityFrameworkCore.Metadata;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.LeakLab.Database;

/// <summary>A table of the model whose rows are somebody's.</summary>
/// <param name="Owner">The column that says whose: a tenant's, a person's, or the row is itself what must be kept apart.</param>
internal sealed record GuardedTable(ITable Table, string Owner)
{
    // Catalogues of the platform, the same for everybody. A new table is guarded unless it is listed here.
    private static readonly string[] Shared = ["permissions", "plans"];

    // Rows of nobody that whoever has a context may add.
    private static readonly Dictionary<string, string> OpenToInsert = new()
    {
        ["outbox_messages"] = "Whoever has a context may give rise to a message; only the process that sends them reads or changes one.",
    };

    public static IReadOnlyList<GuardedTable> All { get; } =
        [.. from table in ModelTables.All where !Shared.Contains(table.Name) select new GuardedTable(table, OwnerOf(table))];

    public string Name => Table.Qualified();

    public Type EntityType => Table.EntityTypeMappings.Single().TypeBase.ClrType;

    /// <summary>Why adding a row is no leak, or null where it is one.</summary>
    public string? WhyOpenToInsert => OpenToInsert.GetValueOrDefault(Table.Name);

    public bool IsTenantOwned => EntityType.IsAssignableTo(typeof(ITenantOwned));

    /// <summary>The name of the owner's property in <see cref="EntityType"/>.</summary>
    public IProperty OwnerProperty => Mapped(Owner);

    /// <summary>What an update changes: a column that tp_app may change if it may change any.</summary>
    public IColumn Changeable => Table.FindColumn("updated") ?? Table.Columns.First(column => !Table.PrimaryKey!.Columns.Contains(column) && column.Name != Owner);

    public IProperty Mapped(string column) => (IProperty)Table.FindColumn(column)!.PropertyMappings[0].Property;

    private static string OwnerOf(ITable table) => table switch
    {
        _ when table.FindColumn("tenant_id") is { IsNullable: false } => "tenant_id",
        _ when table.FindColumn("user_id") is { IsNullable: false } => "user_id",
        _ when table.FindColumn("tenant_id") is not null => "tenant_id",
        _ => table.PrimaryKey!.Columns[0].Name,
    };
}
