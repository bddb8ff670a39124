using System.Diagnostics;
using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.ApiService.Tests.Operation;

/// <summary>The API as deployments run it: a process that must not serve from a database that does not isolate.</summary>
public sealed class StartTests(ApiFixture fixture)
{
    private TestDatabase Database => fixture.Database.Server.Database("tenantplatform");

    [Fact]
    public async Task A_superuser_is_refused() =>
        await RequireRefusedAsync(Database.Admin, fixture.Database.SigningKey, "serving-role-privileged: postgres");

    [Fact]
    public async Task The_owner_of_the_tables_is_refused() =>
        await RequireRefusedAsync(Database.Owner, fixture.Database.SigningKey, "serving-role-owns: tp_owner");

    [Fact]
    public async Task A_signing_key_that_the_database_does_not_know_is_refused() =>
        await RequireRefusedAsync(Database.App, new string('k', 40), "Run the migration worker, with the same Tenancy:SigningKey");

    [Fact]
    public async Task A_missing_signing_key_is_refused() =>
        await RequireRefusedAsync(Database.App, "", "SigningKey field is required");

    [Fact]
    public async Task A_database_that_was_never_migrated_is_refused()
    {
        var empty = await fixture.Database.CreateDatabaseAsync($"empty_{Guid.NewGuid():N}", Cancel);

        await RequireRefusedAsync(empty.Admin, fixture.Database.SigningKey, "schema \"tenancy\" does not exist");
    }

    [Fact]
    public async Task A_table_without_forced_row_level_security_is_refused()
    {
        var leaky = await fixture.Database.CreateDatabaseAsync($"leaky_{Guid.NewGuid():N}", Cancel);
        await fixture.Database.Server.MigrateAsync(leaky, Cancel);
        await using var admin = NpgsqlDataSource.Create(leaky.Admin);
        await using var loosen = admin.CreateCommand("alter table pooled.todos no force row level security");
        await loosen.ExecuteNonQueryAsync(Cancel);

        await RequireRefusedAsync(leaky.App, fixture.Database.SigningKey, "rls-not-forced: pooled.todos");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named() =>
        await RequireRefusedAsync("Host=127.0.0.1;Port=1;Username=tp_app", fixture.Database.SigningKey, "127.0.0.1:1");

    [Theory]
    [InlineData("", "Notifications:Host is missing")]
    [InlineData("smtp.example.org", "Notifications:From is missing")]
    public async Task Without_a_way_to_send_messages_it_does_not_start(string host, string reason) =>
        await RequireRefusedAsync(Database.App, fixture.Database.SigningKey, reason, host);

    private static async Task RequireRefusedAsync(string connectionString, string signingKey, string reason, string? smtpHost = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ApiService.dll"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ConnectionStrings__tenantplatform"] = connectionString,
                ["Tenancy__SigningKey"] = signingKey,
                ["Notifications__Host"] = smtpHost ?? "smtp.example.org",
                ["Notifications__From"] = smtpHost is null ? "noreply@example.org" : "",
                ["Notifications__LinkBase"] = "https://api.example.org",
            },
        };
        using var process = Process.Start(start)!;
        var log = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await EndAsync(process);

        Assert.Contains("The API does not start", await log, StringComparison.Ordinal);
        Assert.Contains(reason, await log, StringComparison.Ordinal);
        Assert.Equal("", await errors);
        Assert.Equal(1, process.ExitCode);
    }

    // One that serves after all would never end by itself.
    private static async Task EndAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));

        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
    }
}
