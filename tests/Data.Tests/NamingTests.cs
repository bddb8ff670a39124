using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests;

public sealed class NamingTests(DatabaseFixture database)
{
    private const string Ours = "n.nspname in ('platform', 'pooled', 'tenancy')";

    [Fact]
    public async Task Every_name_in_the_database_is_in_snake_case() => Assert.Equal("", await JoinAsync($"""
        select c.relname || '.' || coalesce(a.attname, '') as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where {Ours} and (c.relname !~ '^[a-z][a-z0-9_]*$' or a.attname !~ '^[a-z][a-z0-9_]*$')
          and c.relname !~* 'migrations_history'
        union all
        select conname from pg_constraint k join pg_namespace n on n.oid = k.connamespace
        where {Ours} and conname !~ '^[a-z][a-z0-9_]*$' and conname !~* 'migrations_history'
        """));

    [Fact]
    public async Task Text_is_text_and_times_have_time_zones() => Assert.Equal("", await JoinAsync($"""
        select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        where {Ours} and c.relkind = 'r' and c.relname <> 'migrations_history'
          and a.atttypid in ('varchar'::regtype, 'bpchar'::regtype, 'timestamp'::regtype, 'json'::regtype, 'money'::regtype)
        """));

    [Fact]
    public async Task Every_table_knows_when_its_rows_were_made_changed_and_deleted() => Assert.Equal("", await JoinAsync($"""
        select c.relname || '.' || wanted as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        cross join unnest(array['created', 'updated', 'deleted']) wanted
        where n.nspname in ('platform', 'pooled') and c.relkind = 'r' and c.relname <> 'migrations_history'
          and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = wanted)
          and not (c.relname in ('audit_logs', 'platform_audit_logs', 'onboarding_analytics', 'ct_raw_snapshots', 'system_metrics') and wanted <> 'created')
        """));

    [Fact]
    public async Task No_index_begins_with_another_column_than_the_tenant() => Assert.Equal("", await JoinAsync("""
        select i.indexrelid::regclass::text as name
        from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where c.relnamespace = 'pooled'::regnamespace and c.relname <> 'migrations_history' and a.attname <> 'tenant_id'
        """));

    private async Task<string?> JoinAsync(string names)
    {
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        return await owner.ScalarAsync<string>($"select coalesce(string_agg(name, ', '), '') from ({names}) found");
    }
}
