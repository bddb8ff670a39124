using Npgsql;
using TenantPlatform.LeakLab.Database;
using TenantPlatform.LeakLab.Database.Attacks;

namespace TenantPlatform.LeakLab.Tests.Database;

[Collection(LabServerTests.Name)]
public sealed class DatabaseLabTests(LabServer server)
{
    [Fact]
    public async Task Nobody_reaches_rows_of_somebody_else()
    {
        var database = await server.CopyAsync(Cancel);

        var report = await DatabaseLab.RunAsync(server.Target(database), server.Subjects, new LabOptions(), Cancel);

        await PrintAsync("database", report.ToString());
        Assert.True(report.IsClean, report.ToString());
    }

    // The database is asked, not the model, so that a table cannot be forgotten on both sides.
    [Fact]
    public async Task Every_table_with_row_level_security_is_attacked_or_everybodys()
    {
        await using var admin = NpgsqlDataSource.Create(server.Template.Owner + ";Pooling=false");
        await using var command = admin.CreateCommand("select array_agg(oid::regclass::text) from pg_class where relrowsecurity");
        var guarded = (string[])(await command.ExecuteScalarAsync(Cancel))!;

        Assert.Equal(guarded.Except(["platform.permissions", "platform.plans"]).Order(), GuardedTable.All.Select(table => table.Name).Order());
    }

    // No cell is held by something that has nothing to do with isolation: without it, each attack and each action leaks.
    [Fact]
    public async Task Without_row_level_security_every_attack_and_every_action_leaks()
    {
        var database = await server.CopyAsync(Cancel);
        await LabServer.ExecuteAsync(database, "alter table pooled.todos disable row level security; grant truncate on pooled.todos to tp_app", Cancel);

        var report = await DatabaseLab.RunAsync(server.Target(database), server.Subjects, new LabOptions { Tables = new HashSet<string> { "todos" } }, Cancel);

        // Two that row-level security has no part in, see the mutations; and what is accepted anyway.
        string[] elsewhere = ["background work", "query filter alone"];
        var leaks = report.Leaks.Select(leak => leak.Cell).ToList();
        Assert.Equal(Attack.All.Select(attack => attack.Name).Except(elsewhere), leaks.Where(cell => cell.Action == "select").Select(cell => cell.Attack));
        Assert.Equal(
            LabAction.All.Select(action => action.Name).Except([LabAction.TableLock.Name]),
            leaks.Where(cell => cell.Attack == "no context").Select(cell => cell.Action));
    }
}
