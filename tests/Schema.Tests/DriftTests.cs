using Npgsql;
using TenantPlatform.Data.Schema;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class DriftTests(DatabaseCopies databases)
{
    [Fact]
    public async Task A_migrated_database_has_no_differences() =>
        Assert.Empty(await FindDifferencesAsync(await databases.CopyAsync()));

    [Theory]
    [InlineData(
        "alter table pooled.todos drop column due_date",
        "pooled.todos.due_date is missing in the database, the model has it (timestamp with time zone, nullable, no default)")]
    [InlineData(
        "alter table pooled.todos add column colour text",
        "pooled.todos.colour is in the database (text, nullable, no default), the model has none")]
    [InlineData(
        "alter table pooled.todos alter column due_date type date",
        "pooled.todos.due_date is date in the database, the model says timestamp with time zone")]
    [InlineData(
        "alter table pooled.todos alter column description type text collate \"C\"",
        "pooled.todos.description is text collate C in the database, the model says text")]
    [InlineData(
        "alter table pooled.todos alter column priority drop not null",
        "pooled.todos.priority is nullable in the database, the model says not null")]
    [InlineData(
        "alter table pooled.todos alter column priority set default 4",
        "pooled.todos.priority has default 4 in the database, the model says default 3")]
    [InlineData(
        "alter table pooled.todos alter column created drop default",
        "pooled.todos.created has no default in the database, the model says default now()")]
    [InlineData(
        "alter table pooled.todos drop constraint ck_todos_priority_range",
        "check ck_todos_priority_range of pooled.todos is missing in the database, the model has it (CHECK (((priority >= 1) AND (priority <= 5))), enforced)")]
    [InlineData(
        "alter table pooled.todos drop constraint ck_todos_priority_range, add constraint ck_todos_priority_range check (priority > 0)",
        "check ck_todos_priority_range of pooled.todos is CHECK ((priority > 0)) in the database, the model says CHECK (((priority >= 1) AND (priority <= 5)))")]
    [InlineData(
        "drop index pooled.ix_todos_tenant_id_assigned_to",
        "index ix_todos_tenant_id_assigned_to of pooled.todos is missing in the database, the model has it (CREATE INDEX ix_todos_tenant_id_assigned_to ON pooled.todos USING btree (tenant_id, assigned_to), valid)")]
    [InlineData(
        "drop index platform.ix_users_email; create unique index ix_users_email on platform.users (email)",
        "index ix_users_email of platform.users is CREATE UNIQUE INDEX ix_users_email ON platform.users USING btree (email) in the database, the model says CREATE UNIQUE INDEX ix_users_email ON platform.users USING btree (email) WHERE (deleted IS NULL)")]
    [InlineData(
        "alter table pooled.todos drop constraint fk_todos_tenants_tenant_id, add constraint fk_todos_tenants_tenant_id foreign key (tenant_id) references platform.tenants on delete restrict",
        "foreign key fk_todos_tenants_tenant_id of pooled.todos is FOREIGN KEY (tenant_id) REFERENCES platform.tenants(id) ON DELETE RESTRICT in the database, the model says FOREIGN KEY (tenant_id) REFERENCES platform.tenants(id) ON DELETE CASCADE")]
    [InlineData(
        "alter table pooled.todos drop constraint pk_todos, add constraint pk_todos primary key (id)",
        "primary key pk_todos of pooled.todos is PRIMARY KEY (id) in the database, the model says PRIMARY KEY (tenant_id, id)")]
    public async Task A_manual_change_of_a_table_is_said_in_words(string change, string sentence) =>
        Assert.Equal([sentence], await FindDifferencesAfterAsync(change));

    [Theory]
    [InlineData(
        "alter table pooled.todos disable row level security",
        "pooled.todos has row-level security off in the database, the model says row-level security on and forced")]
    [InlineData(
        "alter table pooled.todos no force row level security",
        "pooled.todos has row-level security on, but not forced in the database, the model says row-level security on and forced")]
    [InlineData(
        "alter policy tenant_isolation on pooled.todos using (true)",
        "policy tenant_isolation of pooled.todos is to public using true with check (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)) in the database, the model says to public using (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)) with check (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id))")]
    [InlineData(
        "alter policy tenant_isolation on pooled.todos to tp_app",
        "policy tenant_isolation of pooled.todos is to tp_app using (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)) with check (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)) in the database, the model says to public using (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)) with check (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id))")]
    [InlineData(
        "create policy everyone on pooled.todos for select using (true)",
        "policy everyone of pooled.todos is in the database (for select to public using true with check nothing), the model has none")]
    [InlineData(
        "drop policy tenant_isolation on pooled.todos",
        "policy tenant_isolation of pooled.todos is missing in the database, the model has it (to public using (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)) with check (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)))")]
    [InlineData(
        "grant truncate on pooled.todos to tp_app",
        "grant of truncate to tp_app on pooled.todos is in the database (not grantable), the grants script has none")]
    [InlineData(
        "grant select on pooled.migrations_history to tp_app",
        "grant of select to tp_app on pooled.migrations_history is in the database (not grantable), the grants script has none")]
    [InlineData(
        "grant select (id) on platform.users to public",
        "grant of select to public on platform.users (id) is in the database (not grantable), the grants script has none")]
    [InlineData(
        "revoke delete on pooled.todos from tp_app",
        "grant of delete to tp_app on pooled.todos is missing in the database, the grants script has it (not grantable)")]
    [InlineData(
        "grant execute on function tenancy.claim(int) to tp_app",
        "grant of execute to tp_app on tenancy.claim(integer) is in the database (not grantable), the grants script has none")]
    [InlineData(
        "revoke usage on schema platform from tp_app",
        "grant of usage to tp_app on platform is missing in the database, the grants script has it (not grantable)")]
    public async Task A_manual_change_of_who_sees_what_is_said_in_words(string change, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(await FindDifferencesAfterAsync(change)), StringComparison.Ordinal);

    [Theory]
    [InlineData("create table pooled.leftover (id int)", "pooled.leftover is in the database (a table, row-level security off), the model has none")]
    [InlineData("create view pooled.everything with (security_invoker = true) as select 1", "pooled.everything is in the database (a view), the model has none")]
    [InlineData("drop table pooled.todos", "pooled.todos is missing in the database, the model has it (a table, row-level security on and forced)")]
    [InlineData("alter table pooled.todos set unlogged", "pooled.todos is an unlogged table in the database, the model says a table")]
    [InlineData(
        "create function pooled.noop() returns trigger language plpgsql as 'begin return new; end'; create trigger spy before insert on pooled.todos for each row execute function pooled.noop(); revoke all on function pooled.noop() from public",
        "trigger spy of pooled.todos is in the database (CREATE TRIGGER spy BEFORE INSERT ON pooled.todos FOR EACH ROW EXECUTE FUNCTION pooled.noop()), the model has none")]
    public async Task Other_manual_changes_are_said_in_words(string change, string sentence) =>
        Assert.Equal([sentence], await FindDifferencesAfterAsync(change));

    [Fact]
    public async Task A_foreign_key_that_is_switched_off_is_found()
    {
        await using var owner = await Sql.OpenAsync(databases.Spare.Admin);
        var differences = await FindDifferencesAfterAsync(owner, "alter table pooled.todos disable trigger all");

        Assert.Contains("foreign key fk_todos_tenants_tenant_id of pooled.todos is switched off in the database, the model says enforced", differences);
    }

    [Fact]
    public async Task Migrations_of_another_build_and_missing_ones_are_found()
    {
        var database = await databases.CopyAsync();
        await using (var owner = await Sql.OpenAsync(database.Owner))
            await owner.ExecuteAsync("update pooled.migrations_history set \"MigrationId\" = '29990101000000_Later'");

        Assert.Collection(
            await FindDifferencesAsync(database),
            missing => Assert.EndsWith("_Initial has not been applied: run the migration worker", missing, StringComparison.Ordinal),
            foreign => Assert.Equal(
                "TenantDbContext: migration 29990101000000_Later was applied by another build: use that build, or a newer one", foreign));
    }

    [Fact]
    public async Task Verifying_leaves_nothing_behind()
    {
        const string Schemas = "select nspname from pg_namespace order by 1";
        await using var owner = await Sql.OpenAsync(databases.Spare.Owner);
        var before = await owner.ReadLinesAsync(Schemas);

        await FindDifferencesAsync(databases.Spare);

        Assert.Equal(before, await owner.ReadLinesAsync(Schemas));
    }

    private async Task<IReadOnlyList<string>> FindDifferencesAfterAsync(string change)
    {
        await using var owner = await Sql.OpenAsync(databases.Spare.Owner);
        return await FindDifferencesAfterAsync(owner, change);
    }

    private async Task<IReadOnlyList<string>> FindDifferencesAfterAsync(NpgsqlConnection owner, string change)
    {
        await using var platform = Migrator.PlatformDb(databases.Spare.Owner);
        await using var tenant = Migrator.TenantDb(databases.Spare.Owner);
        await using var transaction = await owner.BeginTransactionAsync(Cancel);
        await owner.ExecuteAsync(change);
        return await new SchemaVerifier(platform, tenant, SqlScript.Read(SchemaCheck.Grants)).CompareInTransactionAsync(owner, ["pooled"], Cancel);
    }

    private static async Task<IReadOnlyList<string>> FindDifferencesAsync(TestDatabase database)
    {
        await using var platform = Migrator.PlatformDb(database.Owner);
        await using var tenant = Migrator.TenantDb(database.Owner);
        await using var owner = await Sql.OpenAsync(database.Owner);
        return await new SchemaVerifier(platform, tenant, SqlScript.Read(SchemaCheck.Grants)).FindDifferencesAsync(owner, ["pooled"], Cancel);
    }
}
