using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tests.Schemas;

public sealed class SchemaBuilderTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly TenantPlaneSteps Steps = new(Migrator.TenantDb("Host=localhost"));
    private static readonly SchemaBuilder Builder = new(Steps);

    [Fact]
    public async Task A_tenant_works_in_a_schema_of_its_own()
    {
        var tenant = await CreateDedicatedAsync();
        var todo = new Todo { TenantId = tenant.Id, Title = "At home", CreatedBy = tenant.OwnerId };

        await using var db = fixture.Tenants.Open(tenant.Context);
        db.Add(todo);
        await db.SaveChangesAsync(Cancel);

        Assert.Equal("At home", (await db.Todos.AsNoTracking().SingleAsync(Cancel)).Title);
        Assert.Equal(1L, await fixture.OwnerConnectionString.ScalarAsync<long>($"select count(*) from tenant_{tenant.Key}.todos"));
        Assert.Equal(0L, await fixture.OwnerConnectionString.ScalarAsync<long>($"select count(*) from pooled.todos where tenant_id = '{tenant.Id}'"));
    }

    [Fact]
    public async Task A_schema_of_ones_own_refuses_rows_of_others()
    {
        var (tenant, other) = (await CreateDedicatedAsync(), await fixture.CreateTenantAsync(Cancel));

        var error = await Assert.ThrowsAsync<PostgresException>(() => fixture.OwnerConnectionString.ExecuteAsync(
            $"insert into tenant_{tenant.Key}.todos (tenant_id, id, title, created_by) values ('{other.Id}', gen_random_uuid(), 'Smuggled', '{other.OwnerId}')"));

        Assert.Equal("ck_todos_pinned", error.ConstraintName);
    }

    [Fact]
    public async Task People_in_a_schema_of_ones_own_are_members()
    {
        var (tenant, other) = (await CreateDedicatedAsync(), await fixture.CreateTenantAsync(Cancel));
        await using var db = fixture.Tenants.Open(tenant.Context);
        db.Add(new Todo { TenantId = tenant.Id, Title = "For a stranger", CreatedBy = tenant.OwnerId, AssignedTo = other.OwnerId });

        var error = Assert.IsType<PostgresException>((await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel))).InnerException);

        Assert.Equal("fk_todos_tenant_users_tenant_id_assigned_to", error.ConstraintName);
    }

    [Fact]
    public async Task Nobody_is_told_who_the_members_of_others_are()
    {
        var (tenant, other) = (await fixture.CreateTenantAsync(Cancel), await fixture.CreateTenantAsync(Cancel));
        await using var db = fixture.Tenants.Open(tenant.Context);

        Assert.Equal(
            (true, false),
            (await IsMemberAsync(db, tenant.Id, tenant.OwnerId), await IsMemberAsync(db, other.Id, other.OwnerId)));
    }

    [Fact]
    public async Task A_transaction_that_is_undone_leaves_nothing()
    {
        await using var owner = await OpenOwnerAsync();
        await using (var transaction = await owner.BeginTransactionAsync(Cancel))
        {
            await Builder.BuildAsync(owner, "spare_0123456789", null, Cancel);
        }

        Assert.False(await fixture.OwnerConnectionString.ScalarAsync<bool>("select exists (select from pg_namespace where nspname = 'spare_0123456789')"));
    }

    [Fact]
    public async Task A_spare_schema_becomes_a_tenants_own()
    {
        var (built, adopted) = (await CreateDedicatedAsync(), await fixture.CreateTenantAsync(Cancel));
        var schema = SchemaLedger.NameFor(adopted.Key);
        await using var owner = await OpenOwnerAsync();
        await InTransactionAsync(owner, () => Builder.BuildAsync(owner, "spare_abcdefghij", null, Cancel));
        await InTransactionAsync(owner, () => SchemaBuilder.AdoptAsync(owner, "spare_abcdefghij", schema, adopted.Id, Cancel));

        Assert.Equal(await DescribeAsync(SchemaLedger.NameFor(built.Key), built.Id), await DescribeAsync(schema, adopted.Id));
    }

    [Fact]
    public async Task A_schema_that_its_tenant_has_left_becomes_a_spare_one_like_a_new_one()
    {
        var tenant = await CreateDedicatedAsync();
        await fixture.OwnerConnectionString.ExecuteAsync($"insert into tenant_{tenant.Key}.settings (tenant_id, id) values ('{tenant.Id}', gen_random_uuid())");
        await using var owner = await OpenOwnerAsync();
        await InTransactionAsync(owner, () => Builder.BuildAsync(owner, "spare_brandnew00", null, Cancel));

        await InTransactionAsync(owner, () => SchemaBuilder.RecycleAsync(owner, SchemaLedger.NameFor(tenant.Key), "spare_recycled00", Cancel));

        Assert.Equal(await DescribeAsync("spare_brandnew00", Guid.Empty), await DescribeAsync("spare_recycled00", Guid.Empty));
        Assert.Equal(0L, await fixture.OwnerConnectionString.ScalarAsync<long>("select count(*) from spare_recycled00.settings"));
        await fixture.OwnerConnectionString.ExecuteAsync($"delete from platform.tenant_schemas where tenant_id = '{tenant.Id}'");
    }

    private async Task<TestTenant> CreateDedicatedAsync()
    {
        var tenant = await fixture.CreateTenantAsync(Cancel);
        var schema = SchemaLedger.NameFor(tenant.Key);
        await using var owner = await OpenOwnerAsync();
        await InTransactionAsync(owner, async () =>
        {
            await Builder.BuildAsync(owner, schema, tenant.Id, Cancel);
            await SchemaLedger.AddAsync(owner, schema, tenant.Id, Steps.Latest, Cancel);
        });
        await fixture.OwnerConnectionString.ExecuteAsync($"update platform.tenants set placement = 'dedicated' where id = '{tenant.Id}'");
        return tenant;
    }

    private static Task<bool> IsMemberAsync(DbContext db, Guid tenantId, Guid userId) =>
        db.Database.SqlQuery<bool>($"select tenancy.is_member({tenantId}, {userId}) as \"Value\"").SingleAsync(Cancel);

    private async Task<NpgsqlConnection> OpenOwnerAsync()
    {
        var owner = new NpgsqlConnection(fixture.OwnerConnectionString);
        await owner.OpenAsync(Cancel);
        return owner;
    }

    private static async Task InTransactionAsync(NpgsqlConnection owner, Func<Task> work)
    {
        await using var transaction = await owner.BeginTransactionAsync(Cancel);
        await work();
        await transaction.CommitAsync(Cancel);
    }

    // Grants, constraints and policies, with what names the tenant left out.
    private async Task<string?> DescribeAsync(string schema, Guid tenantId)
    {
        var facts = await fixture.OwnerConnectionString.ScalarAsync<string>($"""
            select string_agg(line, E'\n' order by line) from (
                select c.relname || ' ' || coalesce(c.relacl::text, '') || c.relrowsecurity || c.relforcerowsecurity as line
                from pg_class c where c.relnamespace = '{schema}'::regnamespace
                union all
                select k.conname || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k where k.connamespace = '{schema}'::regnamespace
                union all
                select p.tablename || ' ' || p.policyname || p.qual || p.with_check from pg_policies p where p.schemaname = '{schema}'
                union all
                select 'schema is open' where has_schema_privilege('tp_app', '{schema}', 'usage')) facts
            """);
        return facts?.Replace(schema, "here", StringComparison.Ordinal).Replace($"{tenantId}", "tenant", StringComparison.Ordinal);
    }
}
