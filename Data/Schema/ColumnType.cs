using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace TenantPlatform.Data.Schema;

internal static class ColumnType
{
    /// <summary>In PostgreSQL's short spelling, which Mermaid needs.</summary>
    public static string Short(AddColumnOperation column) => column.ColumnType!
        .Replace("timestamp with time zone", "timestamptz", StringComparison.Ordinal)
        .Replace("double precision", "float8", StringComparison.Ordinal);

    /// <summary>As SQL, or empty.</summary>
    public static string Default(AddColumnOperation column) => column switch
    {
        { ComputedColumnSql: { } sql } => $"generated: {sql}",
        { DefaultValueSql: { } sql } => sql,
        { DefaultValue: string text } => $"'{text}'",
        { DefaultValue: bool flag } => flag ? "true" : "false",
        { DefaultValue: Array { Length: 0 } } => "'{}'",
        { DefaultValue: { } value } => FormattableString.Invariant($"{value}"),
        _ => "",
    };
}
