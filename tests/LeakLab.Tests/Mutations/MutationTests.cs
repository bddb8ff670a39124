using Npgsql;
using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Database;
using TenantPlatform.LeakLab.Tests.Database;

namespace TenantPlatform.LeakLab.Tests.Mutations;

/// <summary>The proof that the lab and the posture gate can fail: isolation is broken in every way, and one of them must say so.</summary>
[Collection(LabServerTests.Name)]
public sealed class MutationTests(LabServer server)
{
    [Fact]
    public async Task Every_mutation_is_killed()
    {
        Mutation[] made = [.. DatabaseMutations.All, .. ApplicationMutations.All];

        // Else they would be killed for something else.
        Assert.Empty(await FindKillersAsync(new Mutation("nothing", [.. made.SelectMany(mutation => mutation.Tables)])));
        var killers = new Dictionary<Mutation, List<string>>();

        foreach (var mutation in made)
            killers.Add(mutation, await FindKillersAsync(mutation));

        var lines = killers.Select(killed => $"  {killed.Key.Name}: {(killed.Value.Count > 0 ? string.Join("; ", killed.Value) : "SURVIVED")}");
        await PrintAsync("mutations", $"mutations: {killers.Count(killed => killed.Value.Count > 0)}/{made.Length} killed\n{string.Join('\n', lines)}");
        Assert.Empty(killers.Where(killed => killed.Value.Count == 0).Select(survivor => survivor.Key.Name));
    }

    private async Task<List<string>> FindKillersAsync(Mutation mutation)
    {
        var database = await server.CopyAsync(Cancel);
        try
        {
            if (mutation.Sql is { } sql)
                await LabServer.ExecuteAsync(database, sql, Cancel);

            return [.. await AskPostureAsync(database), .. await AskLabAsync(database, mutation)];
        }
        finally
        {
            if (mutation.Undo is { } undo)
                await LabServer.ExecuteAsync(database, undo, CancellationToken.None);
        }
    }

    private static async Task<IEnumerable<string>> AskPostureAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.App) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        var findings = (await PostureCheck.RunForServiceAsync(connection, sample: null, Cancel)).Findings;
        return findings.Select(finding => $"posture {finding.Id}").Distinct();
    }

    private async Task<IEnumerable<string>> AskLabAsync(TestDatabase database, Mutation mutation)
    {
        var options = new LabOptions { Tables = mutation.Tables.ToHashSet(), StopAtFirstFailure = true, Workers = 1 };
        var report = await DatabaseLab.RunAsync(server.Target(database) with { Configure = mutation.Configure }, server.Subjects, options, Cancel);
        return [.. report.Leaks.Select(leak => $"lab, leak in {leak.Cell}"), .. report.Voids.Select(nothing => $"lab, {nothing.Cell} {nothing.Why}")];
    }
}
