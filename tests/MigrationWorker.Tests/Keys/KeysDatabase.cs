using System.Text.Json;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Keys;

/// <summary>A migrated database of its own, and the worker's verbs over it with one configured key or another.</summary>
internal sealed class KeysDatabase(DatabaseServer server, TestDatabase database)
{
    public static string First { get; } = new('1', 64);

    public static string Second { get; } = new('2', 64);

    public TestDatabase Database => database;

    public static string Id(string secret) => new SigningKey(secret).Id;

    /// <summary>The worker with this key configured.</summary>
    public Task<WorkerResult> RunAsync(string configured, params string[] arguments) =>
        WorkerProcess.RunAsync(server.WorkerSettings(database) with { SigningKey = configured, Arguments = arguments }, Cancel);

    /// <summary>Each key's id and state, oldest first.</summary>
    public async Task<Dictionary<string, string>> StatesAsync(string configured)
    {
        var result = await RunAsync(configured, "keys", "list", "--json");
        result.RequireSuccess();
        using var list = JsonDocument.Parse(result.Output);
        Assert.Equal(Id(configured), list.RootElement.GetProperty("configured").GetString());
        return list.RootElement.GetProperty("keys").EnumerateArray()
            .ToDictionary(key => key.GetProperty("id").GetString()!, key => key.GetProperty("state").GetString()!);
    }

    /// <summary>How the database answers a service that signs with this key: "accepted", or its refusal.</summary>
    public async Task<string> AskAsync(string secret)
    {
        await using var app = new AppAccess(database.App, secret);
        await using var enter = app.DataSource.CreateCommand("call tenancy.enter($1)");
        enter.Parameters.AddWithValue(app.Signer.Sign(TenantContext.ForAuthentication));
        try
        {
            await enter.ExecuteNonQueryAsync(Cancel);
            return "accepted";
        }
        catch (Npgsql.PostgresException e)
        {
            return $"{e.SqlState}: {e.MessageText}";
        }
    }
}
