using Npgsql;
using TenantPlatform.Data.Schema;
using TenantPlatform.MigrationWorker;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class SchemaComparisonTests(DatabaseCopies databases) : IAsyncLifetime
{
    private const string Dedicated = "tenant_k3y0fs0me0ne";
    private const string Tenant = "3f0c9c8e-52fd-4b2b-9d5c-0d7f7f0a9b11";
    private const string LikePooled = "a schema like pooled";

    private static readonly SchemaBuilder Builder = new(new TenantPlaneSteps(Migrator.TenantDb("Host=localhost")));

    private NpgsqlConnection owner = null!;

    // Of a transaction that nothing commits.
    public async ValueTask InitializeAsync()
    {
        owner = await Sql.OpenAsync(databases.Spare.Admin);
        await owner.BeginTransactionAsync(Cancel);
        await owner.ExecuteAsync("set local role tp_owner");
    }

    public async ValueTask DisposeAsync() => await owner.DisposeAsync();

    [Theory]
    [InlineData(Tenant)]
    [InlineData(null)]
    public async Task A_schema_as_it_was_built_is_like_pooled(string? tenant) => Assert.Empty(await FindDifferencesAsync("select 1", tenant));

    [Theory]
    [InlineData("alter table todos drop constraint ck_todos_pinned", $"check ck_todos_pinned of {Dedicated}.todos is missing in the database, {LikePooled} has it")]
    [InlineData(
        "alter table todos drop constraint ck_todos_pinned, add constraint ck_todos_pinned check (tenant_id = '00000000-0000-0000-0000-000000000001')",
        $"check ck_todos_pinned of {Dedicated}.todos is CHECK ((tenant_id = '00000000-0000-0000-0000-000000000001'::uuid)) in the database, {LikePooled} says CHECK ((tenant_id = '{Tenant}'::uuid))")]
    [InlineData(
        $"alter table todos drop constraint ck_todos_pinned, add constraint ck_todos_pinned check (tenant_id = '{Tenant}') not valid",
        $"check ck_todos_pinned of {Dedicated}.todos is CHECK ((tenant_id = '{Tenant}'::uuid)) NOT VALID in the database")]
    [InlineData("alter table todos add column colour text", $"{Dedicated}.todos.colour is in the database (text, nullable, no default, with statistics target -1)")]
    [InlineData("alter table todos alter column priority drop not null", $"{Dedicated}.todos.priority is nullable in the database")]
    [InlineData("alter table todos alter column priority set default 4", $"{Dedicated}.todos.priority has default 4 in the database")]
    [InlineData("alter table todos alter column title set statistics 100", $"{Dedicated}.todos.title is with statistics target 100 in the database")]
    [InlineData("alter table todos drop constraint fk_todos_tenant_users_tenant_id_assigned_to", $"check fk_todos_tenant_users_tenant_id_assigned_to of {Dedicated}.todos is missing")]
    [InlineData("drop index ix_todos_tenant_id_assigned_to", $"index ix_todos_tenant_id_assigned_to of {Dedicated}.todos is missing")]
    [InlineData("drop table todos", $"{Dedicated}.todos is missing in the database")]
    [InlineData("create table leftover (id int)", $"{Dedicated}.leftover is in the database")]
    [InlineData("create sequence leftover", $"sequence {Dedicated}.leftover is in the database")]
    [InlineData("reset role; alter table todos owner to postgres; set role tp_owner", $"{Dedicated}.todos is owned by postgres in the database")]
    public async Task A_table_that_is_not_like_pooled_is_named(string change, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(await FindDifferencesAsync(change, Tenant)), StringComparison.Ordinal);

    [Theory]
    [InlineData("alter table todos disable row level security", $"{Dedicated}.todos has row-level security off in the database")]
    [InlineData("alter table todos no force row level security", $"{Dedicated}.todos has row-level security on, but not forced in the database")]
    [InlineData("alter policy tenant_isolation on todos using (true)", $"policy tenant_isolation of {Dedicated}.todos is to public using true")]
    [InlineData("create policy everyone on todos for select using (true)", $"policy everyone of {Dedicated}.todos is in the database")]
    [InlineData("revoke insert on todos from tp_app", $"grant of insert to tp_app on {Dedicated}.todos is missing")]
    [InlineData("grant update (title) on todos to tp_app", $"grant of update to tp_app on {Dedicated}.todos (title) is in the database")]
    [InlineData($"grant usage on schema {Dedicated} to public", $"grant of usage to public on {Dedicated} is in the database")]
    public async Task Who_sees_what_is_compared_too(string change, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(await FindDifferencesAsync(change, Tenant)), StringComparison.Ordinal);

    [Fact]
    public async Task Nobody_may_use_a_spare_schema() =>
        Assert.StartsWith(
            $"grant of usage to tp_app on {Dedicated} is in the database",
            Assert.Single(await FindDifferencesAsync($"grant usage on schema {Dedicated} to tp_app", tenant: null)),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_schema_that_is_not_there_is_said_in_one_sentence() =>
        Assert.Equal(["schema tenant_nobody00000 does not exist"], await new SchemaComparison().FindDifferencesAsync(owner, "tenant_nobody00000", null, Cancel));

    [Fact]
    public async Task What_is_remembered_of_pooled_is_read_again_when_it_has_changed()
    {
        var comparison = new SchemaComparison();
        await Builder.BuildAsync(owner, Dedicated, tenantId: null, Cancel);
        Assert.Empty(await comparison.FindDifferencesAsync(owner, Dedicated, null, Cancel));

        await owner.ExecuteAsync($"alter table pooled.todos add column colour text; alter table {Dedicated}.todos add column colour text");

        Assert.Empty(await comparison.FindDifferencesAsync(owner, Dedicated, null, Cancel));
    }

    private async Task<IReadOnlyList<string>> FindDifferencesAsync(string change, string? tenant)
    {
        Guid? tenantId = tenant is null ? null : Guid.Parse(tenant);

        if (tenantId is { } id)
            await owner.ExecuteAsync($"insert into platform.tenants (id, key, slug, name) values ('{id}', 'k3y0fs0me0ne', 'alone', 'Alone')");

        await Builder.BuildAsync(owner, Dedicated, tenantId, Cancel);
        await owner.ExecuteAsync($"set local search_path = {Dedicated}; {change}");
        return await new SchemaComparison().FindDifferencesAsync(owner, Dedicated, tenantId, Cancel);
    }
}
