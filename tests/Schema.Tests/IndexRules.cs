namespace TenantPlatform.Schema.Tests;

internal static class IndexRules
{
    private const string Ours = "in ('platform'::regnamespace, 'pooled'::regnamespace)";

    public static readonly CatalogRule[] All =
    [
        // Its first columns are those of the key, in any order; it is valid, and partial only where that leaves out nulls.
        new("every foreign key has an index that serves it",
            $"""
            select k.conrelid::regclass, k.conname
            from pg_constraint k
            where k.contype = 'f' and k.connamespace {Ours} and not exists (
                select from pg_index i
                where i.indrelid = k.conrelid and i.indisvalid
                  and (select array_agg(c order by c) from unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) c) = (select array_agg(c order by c) from unnest(k.conkey) c)
                  and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) in (
                      select '(' || a.attname || ' IS NOT NULL)' from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey))))
            """,
            "drop index pooled.ix_todos_tenant_id_assigned_to"),

        // The longer index serves all that the shorter one does, unless the shorter one keeps values unique.
        new("no index is the beginning of another",
            $"""
            select shorter.indexrelid::regclass, longer.indexrelid::regclass
            from pg_index shorter
            join pg_index longer on longer.indrelid = shorter.indrelid and longer.indexrelid <> shorter.indexrelid
            join pg_class c on c.oid = shorter.indrelid and c.relnamespace {Ours}
            where shorter.indexprs is null and longer.indexprs is null
              and (string_to_array(longer.indkey::text, ' '))[1:shorter.indnkeyatts] = (string_to_array(shorter.indkey::text, ' '))[1:shorter.indnkeyatts]
              and (longer.indpred is null or pg_get_expr(longer.indpred, longer.indrelid) is not distinct from pg_get_expr(shorter.indpred, shorter.indrelid))
              and (not shorter.indisunique or longer.indisunique and longer.indnkeyatts = shorter.indnkeyatts)
            """,
            "create index bad on pooled.todos (tenant_id, assigned_to, title)"),
        new("every index is valid",
            $"select i.indexrelid::regclass from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace {Ours} where not i.indisvalid",
            "update pg_index set indisvalid = false where indexrelid = 'pooled.ix_todos_tenant_id_assigned_to'::regclass"),
    ];
}
