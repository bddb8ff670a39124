using System.Diagnostics;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class SchemaVerbTests(DatabaseFixture server, DatabaseCopies databases)
{
    [Fact]
    public async Task Verify_ends_with_0_when_all_agree()
    {
        var (exitCode, output) = await RunWorkerAsync(databases.Spare, "verify");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Model, migrations and database agree. Compared control plane, pooled and all 0 schemas of single tenants, in ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_lists_the_differences_and_ends_with_1()
    {
        var database = await databases.CopyAsync();
        await using (var owner = await Sql.OpenAsync(database.Owner))
            await owner.ExecuteAsync("alter table pooled.todos alter column priority drop not null; alter table pooled.todos disable row level security");

        var (exitCode, output) = await RunWorkerAsync(database, "verify");

        Assert.Equal(1, exitCode);
        Assert.Contains("\npooled.todos.priority is nullable in the database, the model says not null\n", output, StringComparison.Ordinal);
        Assert.StartsWith("rls-off: pooled.todos: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrating_a_database_with_differences_fails_and_lists_them()
    {
        var database = await databases.CopyAsync();
        await using (var owner = await Sql.OpenAsync(database.Owner))
            await owner.ExecuteAsync("alter table pooled.todos add column colour text, alter column priority drop not null");

        var (exitCode, output) = await RunWorkerAsync(database);

        Assert.Equal(1, exitCode);
        Assert.Contains("pooled.todos.colour is in the database (text, nullable, no default), the model has none\n", output, StringComparison.Ordinal);
        Assert.Contains("pooled.todos.priority is nullable in the database, the model says not null\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docs_needs_no_database()
    {
        var folder = Directory.CreateTempSubdirectory();
        var (exitCode, _) = await RunWorkerAsync(database: null, "schema", "docs", "--output", Path.Combine(folder.FullName, "schema.md"));
        var text = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "schema.md"), Cancel);
        folder.Delete(recursive: true);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("# Schema\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_verb_is_refused_with_those_that_exist()
    {
        var (exitCode, output) = await RunWorkerAsync(database: null, "schema", "verfiy");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("The worker does not know 'schema verfiy'.", output, StringComparison.Ordinal);
        Assert.Contains("verify [--all", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> RunWorkerAsync(TestDatabase? database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MigrationWorker.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ConnectionStrings__tenantplatform-admin"] = database?.Admin,
                ["Database__OwnerPassword"] = server.Server.OwnerPassword,
                ["Database__AppPassword"] = server.Server.AppPassword,
                ["Tenancy__SigningKey"] = server.SigningKey,
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }
}
