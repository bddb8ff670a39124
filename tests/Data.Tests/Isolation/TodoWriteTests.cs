using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class TodoWriteTests(DatabaseFixture database)
{
    [Fact]
    public async Task Inserting_a_row_of_another_tenant_is_refused()
    {
        var victim = await database.CreateTenantAsync(Cancel);
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        db.Add(new Todo { TenantId = victim.Id, Title = "forged", CreatedBy = victim.OwnerId });

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => db.SaveChangesAsync(Cancel)));
    }

    [Fact]
    public async Task Updating_another_tenants_row_finds_none()
    {
        var (victim, todo) = await CreateVictimAsync();
        await using var db = database.Tenants.Open((await database.CreateTenantAsync(Cancel)).Context);
        db.Attach(todo).Entity.Title = "defaced";

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Cancel));
        Assert.Equal("secret", await TitleAsync(victim));
    }

    [Fact]
    public async Task Deleting_another_tenants_row_finds_none()
    {
        var (victim, todo) = await CreateVictimAsync();
        await using var db = database.Tenants.Open((await database.CreateTenantAsync(Cancel)).Context);
        db.Remove(todo);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Cancel));
        Assert.Equal("secret", await TitleAsync(victim));
    }

    [Fact]
    public async Task Bulk_statements_without_filters_stay_within_the_tenant()
    {
        var (victim, _) = await CreateVictimAsync();
        await using var db = database.Tenants.Open((await database.CreateTenantAsync(Cancel)).Context);

        Assert.Equal(0, await db.Todos.IgnoreQueryFilters().ExecuteUpdateAsync(set => set.SetProperty(todo => todo.Title, "defaced"), Cancel));
        Assert.Equal(0, await db.Todos.IgnoreQueryFilters().ExecuteDeleteAsync(Cancel));
        Assert.Equal(0, await db.Database.ExecuteSqlRawAsync("delete from pooled.todos", Cancel));
        Assert.Equal("secret", await TitleAsync(victim));
    }

    [Fact]
    public async Task Bulk_statements_report_how_many_rows_they_changed()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant, "one");
        await database.AddTodoAsync(tenant, "two");
        await using var db = database.Tenants.Open(tenant.Context);

        Assert.Equal(2, await db.Todos.ExecuteUpdateAsync(set => set.SetProperty(todo => todo.Priority, 1), Cancel));
        Assert.Equal(1, await db.Todos.Where(todo => todo.Title == "one").ExecuteDeleteAsync(Cancel));
        Assert.Equal(1, await db.Database.ExecuteSqlRawAsync("update todos set completed = true", Cancel));
    }

    [Fact]
    public async Task A_row_cannot_be_given_to_another_tenant()
    {
        var victim = await database.CreateTenantAsync(Cancel);
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var db = database.Tenants.Open(tenant.Context);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() =>
            db.Database.ExecuteSqlAsync($"update todos set tenant_id = {victim.Id}, created_by = {victim.OwnerId}", Cancel)));
    }

    [Fact]
    public async Task A_stranger_cannot_be_assigned()
    {
        var stranger = await database.App.CreateUserAsync(Cancel);
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        db.Add(new Todo { TenantId = tenant.Id, Title = "yours", CreatedBy = tenant.OwnerId, AssignedTo = stranger });

        var error = await RawSql.PostgresErrorAsync(() => db.SaveChangesAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, error.SqlState);
        Assert.Equal("fk_todos_tenant_users_tenant_id_assigned_to", error.ConstraintName);
    }

    [Fact]
    public async Task A_member_can_be_assigned()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var member = await database.App.AddMemberAsync(tenant, Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        db.Add(new Todo { TenantId = tenant.Id, Title = "yours", CreatedBy = tenant.OwnerId, AssignedTo = member });

        Assert.Equal(1, await db.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task The_same_id_in_two_tenants_is_no_conflict()
    {
        var (_, todo) = await CreateVictimAsync();
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        db.Add(new Todo { TenantId = tenant.Id, Id = todo.Id, Title = "also mine", CreatedBy = tenant.OwnerId });

        Assert.Equal(1, await db.SaveChangesAsync(Cancel));
    }

    private async Task<(TestTenant Tenant, Todo Todo)> CreateVictimAsync()
    {
        var victim = await database.CreateTenantAsync(Cancel);
        return (victim, await database.AddTodoAsync(victim));
    }

    private async Task<string> TitleAsync(TestTenant tenant)
    {
        await using var db = database.Tenants.Open(tenant.Context);
        return await db.Todos.Select(todo => todo.Title).SingleAsync(Cancel);
    }
}
