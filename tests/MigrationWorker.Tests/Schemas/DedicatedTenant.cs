using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tests.Schemas;

/// <summary>A tenant with a schema of its own, and one todo in it.</summary>
internal sealed record DedicatedTenant(TestTenant Tenant, string Schema)
{
    private static readonly TenantPlaneSteps Steps = new(Migrator.TenantDb("Host=localhost"));
    private static readonly SchemaBuilder Builder = new(Steps);

    public static async Task<DedicatedTenant> CreateAsync(DatabaseFixture fixture)
    {
        var tenant = await fixture.CreateTenantAsync(Cancel);
        var dedicated = new DedicatedTenant(tenant, SchemaLedger.NameFor(tenant.Key));
        await BuildAsync(fixture, dedicated.Schema, tenant.Id);
        await fixture.OwnerConnectionString.ExecuteAsync($"""
            update platform.tenants set placement = 'dedicated' where id = '{tenant.Id}';
            {dedicated.InsertTodo(tenant)}
            """);
        return dedicated;
    }

    /// <param name="tenantId">Null for a spare one.</param>
    public static async Task BuildAsync(DatabaseFixture fixture, string schema, Guid? tenantId)
    {
        await using var owner = new NpgsqlConnection(fixture.OwnerConnectionString);
        await owner.OpenAsync(Cancel);
        await using var transaction = await owner.BeginTransactionAsync(Cancel);
        await Builder.BuildAsync(owner, schema, tenantId, Cancel);
        await SchemaLedger.AddAsync(owner, schema, tenantId, Steps.Latest, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    /// <summary>SQL that puts a todo of that tenant into this schema.</summary>
    public string InsertTodo(TestTenant whose) =>
        $"insert into {Schema}.todos (tenant_id, id, title, created_by) values ('{whose.Id}', gen_random_uuid(), 'Secret', '{whose.OwnerId}')";

    /// <summary>What injected SQL can do in a request of somebody; undone at the end.</summary>
    public static async Task<object?> InjectAsync(DatabaseFixture fixture, TenantContext whose, params string[] statements)
    {
        await using var connection = await fixture.App.DataSource.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using (var enter = new NpgsqlCommand("call tenancy.enter($1)", connection) { Parameters = { new() { Value = fixture.Signer.Sign(whose) } } })
            await enter.ExecuteNonQueryAsync(Cancel);

        object? answer = null;

        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            answer = await command.ExecuteScalarAsync(Cancel);
        }

        return answer;
    }
}
