using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Tests.Schemas;

public sealed class DedicatedIsolationTests(DedicatedPair pair) : IClassFixture<DedicatedPair>
{
    private readonly DatabaseFixture fixture = pair.Database;
    private readonly DedicatedTenant victim = pair.Victim;
    private readonly DedicatedTenant attacker = pair.Attacker;
    private readonly TestTenant pooled = pair.Pooled;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_reads_or_changes_rows_in_the_schema_of_another(bool dedicated)
    {
        var context = dedicated ? attacker.Tenant.Context : pooled.Context;

        Assert.Equal(0L, await DedicatedTenant.InjectAsync(fixture, context, $"select count(*) from {victim.Schema}.todos"));
        Assert.Null(await DedicatedTenant.InjectAsync(fixture, context, $"update {victim.Schema}.todos set title = 'Defaced' returning id"));
        Assert.Null(await DedicatedTenant.InjectAsync(fixture, context, $"delete from {victim.Schema}.todos returning id"));
    }

    [Fact]
    public async Task Its_own_tenant_reads_them() =>
        Assert.Equal(1L, await DedicatedTenant.InjectAsync(fixture, victim.Tenant.Context, $"select count(*) from {victim.Schema}.todos"));

    [Fact]
    public async Task Rows_for_another_are_refused_by_the_policy_and_own_rows_in_anothers_schema_by_the_pin()
    {
        var forged = await RefusalAsync(() => DedicatedTenant.InjectAsync(fixture, attacker.Tenant.Context, victim.InsertTodo(victim.Tenant)));
        var stray = await RefusalAsync(() => DedicatedTenant.InjectAsync(fixture, attacker.Tenant.Context, victim.InsertTodo(attacker.Tenant)));

        Assert.Equal((PostgresErrorCodes.InsufficientPrivilege, "ck_todos_pinned"), (forged.SqlState, stray.ConstraintName));
    }

    [Fact]
    public async Task A_mistake_of_the_owner_is_refused_by_the_pin() => Assert.Equal(
        "ck_todos_pinned", (await RefusalAsync(() => fixture.OwnerConnectionString.ExecuteAsync(victim.InsertTodo(pooled)))).ConstraintName);

    [Fact]
    public async Task Another_search_path_shows_empty_tables() => Assert.Equal(
        0L, await DedicatedTenant.InjectAsync(fixture, attacker.Tenant.Context, $"set local search_path = {victim.Schema}", "select count(*) from todos"));

    [Theory]
    [InlineData("set local role tp_owner")]
    [InlineData("set session authorization tp_owner")]
    [InlineData("alter table {0}.todos disable row level security")]
    [InlineData("alter table {0}.todos drop constraint ck_todos_pinned")]
    [InlineData("alter schema {0} rename to tenant_mine000000")]
    [InlineData("create table {0}.mine (id int)")]
    [InlineData("truncate {0}.todos")]
    public async Task Nothing_of_it_can_be_taken_over(string statement)
    {
        var sql = statement.Replace("{0}", victim.Schema, StringComparison.Ordinal);

        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege, (await RefusalAsync(() => DedicatedTenant.InjectAsync(fixture, attacker.Tenant.Context, sql))).SqlState);
    }

    [Fact]
    public async Task A_spare_schema_is_closed()
    {
        var spare = $"spare_{Guid.NewGuid().ToString("N")[..10]}";
        await DedicatedTenant.BuildAsync(fixture, spare, null);

        var refusal = await RefusalAsync(() => DedicatedTenant.InjectAsync(fixture, attacker.Tenant.Context, $"select count(*) from {spare}.todos"));

        Assert.Equal($"permission denied for schema {spare}", refusal.MessageText);
    }

    [Theory]
    [InlineData("alter table {0}.todos drop constraint ck_todos_pinned", "pin-missing", "check ck_todos_pinned of ")]
    [InlineData("alter table {0}.todos disable row level security", "rls-off", "todos has row-level security off")]
    [InlineData("alter policy tenant_isolation on {0}.todos using (true)", "policy-open", "policy tenant_isolation of ")]
    [InlineData("grant usage on schema {1} to tp_app", "spare-open", "grant of usage to tp_app on ")]
    public async Task Doctor_and_verify_see_what_was_broken(string breach, string rule, string sentence)
    {
        await using var owner = new NpgsqlConnection(fixture.OwnerConnectionString);
        await owner.OpenAsync(Cancel);
        await using var transaction = await owner.BeginTransactionAsync(Cancel);
        await new SchemaBuilder(new TenantPlaneSteps(Migrator.TenantDb("Host=localhost"))).BuildAsync(owner, "spare_zz00000000", null, Cancel);
        Assert.Empty(await Broken.FindAsync(owner, victim, "spare_zz00000000"));

        await using (var command = new NpgsqlCommand(breach.Replace("{0}", victim.Schema, StringComparison.Ordinal).Replace("{1}", "spare_zz00000000", StringComparison.Ordinal), owner))
            await command.ExecuteNonQueryAsync(Cancel);

        var found = await Broken.FindAsync(owner, victim, "spare_zz00000000");
        Assert.Contains(found, line => line.StartsWith($"{rule}: ", StringComparison.Ordinal));
        Assert.Contains(found, line => line.Contains(sentence, StringComparison.Ordinal));
    }

    private static Task<PostgresException> RefusalAsync(Func<Task> action) => Assert.ThrowsAsync<PostgresException>(action);
}
