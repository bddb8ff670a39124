using System.Diagnostics;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.NextRelease;

namespace TenantPlatform.MigrationWorker.Tests.Apply;

[Collection(TenantSchemas.Collection)]
public sealed class ScriptTests(TenantSchemas schemas)
{
    [Fact]
    public async Task It_builds_an_empty_database_and_changes_nothing_the_second_time()
    {
        RequirePsql();
        var database = await schemas.CreateEmptyAsync();

        Assert.Equal("", await RunAsync(database, Render(NextSteps.AddedColumn)));
        var first = await DescribeAsync(database);
        Assert.Equal("", await RunAsync(database, Render(NextSteps.AddedColumn)));

        Assert.Equal(first, await DescribeAsync(database));
    }

    [Fact]
    public async Task What_it_builds_is_what_the_worker_expects()
    {
        RequirePsql();
        var database = await schemas.CreateEmptyAsync();
        await RunAsync(database, Render(NextSteps.AddedColumn));

        var worker = await WorkerProcess.RunAsync(schemas.Settings(database), Cancel);

        worker.RequireSuccess();
        Assert.DoesNotContain("Applied migration", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_migrates_schemas_of_their_own_and_puts_what_fails_in_quarantine()
    {
        RequirePsql();
        var database = await schemas.CopyAsync();
        await database.ObstructAsync(6);

        var warnings = await RunAsync(database.Database, Render(NextSteps.AddedColumn));

        Assert.Contains($"{ApplyDatabase.Schema(6)} is in quarantine", warnings, StringComparison.Ordinal);
        Assert.Equal(TenantSchemas.Count - 1, await database.CountAsync());
        Assert.Equal(1L, await database.CountAsync("error is not null"));
        Assert.Equal("", await RunAsync(database.Database, Render(NextSteps.AddedColumn)));
    }

    [Fact]
    public async Task The_verb_writes_it_to_a_file_without_a_database()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sql");

        var result = await WorkerProcess.RunAsync(new WorkerSettings { Arguments = ["script", "--output", file] }, Cancel);

        result.RequireSuccess();
        Assert.Contains("Not in here, because it is secret", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        File.Delete(file);
    }

    private static void RequirePsql() =>
        Assert.SkipUnless(Path.Exists("/usr/bin/psql"), "psql is not installed here, and nothing else reads a file of SQL as it does.");

    private static string Render(string sql)
    {
        using var platform = new PlatformDesignTimeFactory().CreateDbContext([]);
        using var tenant = new TenantDesignTimeFactory().CreateDbContext([]);
        return ReleaseScript.Render(platform, tenant, NextSteps.After(sql));
    }

    // Returns what it said beyond notices.
    private static async Task<string> RunAsync(TestDatabase database, string script)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sql");
        await File.WriteAllTextAsync(file, script, Cancel);
        var access = new NpgsqlConnectionStringBuilder(database.Admin);
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-o", "/dev/null", "-f", file])
        {
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = access.Host, ["PGPORT"] = $"{access.Port}", ["PGUSER"] = access.Username, ["PGPASSWORD"] = access.Password,
                ["PGDATABASE"] = access.Database, ["PGOPTIONS"] = "-c client_min_messages=warning",
            },
        };
        using var psql = Process.Start(start)!;
        var errors = await psql.StandardError.ReadToEndAsync(Cancel);
        await psql.WaitForExitAsync(Cancel);
        File.Delete(file);
        Assert.True(psql.ExitCode == 0, errors);
        return errors;
    }

    private static Task<string?> DescribeAsync(TestDatabase database) => database.Admin.ScalarAsync<string>("""
        select md5(string_agg(fact, E'\n' order by fact)) from (
            select c.oid::regclass || c.relacl::text from pg_class c where c.relnamespace in ('platform'::regnamespace, 'pooled'::regnamespace)
            union all
            select r::text from platform.roles r) as facts (fact)
        """);
}
