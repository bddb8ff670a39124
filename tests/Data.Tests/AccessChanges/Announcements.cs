using System.Collections.Concurrent;
using Npgsql;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.AccessChanges;

/// <summary>What another process hears of changes.</summary>
internal sealed class Announcements : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly ConcurrentQueue<string> payloads = [];

    private Announcements(NpgsqlConnection connection)
    {
        this.connection = connection;
        connection.Notification += (_, notification) => payloads.Enqueue(notification.Payload);
    }

    public static async Task<Announcements> HearAsync(DatabaseFixture database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.AppConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        var announcements = new Announcements(connection);
        await announcements.ExecuteAsync($"listen {AccessChangeNotification.Channel}");
        return announcements;
    }

    /// <summary>The payloads so far: whatever was committed before is delivered by the time a later statement has been answered.</summary>
    public async Task<string[]> PayloadsAsync()
    {
        await ExecuteAsync("select 1");
        return [.. payloads];
    }

    /// <summary>Of these users and tenants; other tests change others.</summary>
    public async Task<AccessChange[]> OfAsync(params AccessChange[] subjects) =>
        [.. (await PayloadsAsync()).SelectMany(AccessChangeNotification.Read).Where(subjects.Contains)];

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
