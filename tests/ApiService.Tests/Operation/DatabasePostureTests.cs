using Microsoft.Extensions.Logging;
using Npgsql;
using TenantPlatform.ApiService.Health;

namespace TenantPlatform.ApiService.Tests.Operation;

/// <summary>Breaches are rolled back: the API's other tests share the database.</summary>
public sealed class DatabasePostureTests(ApiFixture fixture)
{
    private const string Error = "alter table pooled.todos no force row level security";
    private const string Warning = "create publication todos for table pooled.todos";

    private readonly Clock clock = new();
    private readonly ListLogger log = new();

    [Fact]
    public async Task A_warning_is_logged_once_and_stops_nothing()
    {
        await using var connection = await OpenAsync();
        var posture = new DatabasePosture(clock, log);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await RequireAsync(posture, connection, Warning);
            clock.Now += DatabasePosture.Lifetime;
        }

        Assert.StartsWith("Warning: Isolation could be stronger: publication: todos: ", Assert.Single(log.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_refused_by_its_name()
    {
        await using var connection = await OpenAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => RequireAsync(new DatabasePosture(clock, log), connection, Error));

        Assert.Contains("\nrls-not-forced: pooled.todos: ", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(log.Entries);
    }

    [Fact]
    public async Task What_was_found_counts_for_ten_seconds_good_or_bad()
    {
        await using var connection = await OpenAsync();
        var posture = new DatabasePosture(clock, log);

        await RequireAsync(posture, connection, "select 1");
        await RequireAsync(posture, connection, Error);
        clock.Now += TimeSpan.FromSeconds(10);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RequireAsync(posture, connection, Error));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RequireAsync(posture, connection, "select 1"));
        clock.Now += TimeSpan.FromSeconds(10);
        await RequireAsync(posture, connection, "select 1");
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(fixture.Database.AdminConnectionString);
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private static async Task RequireAsync(DatabasePosture posture, NpgsqlConnection connection, string breach)
    {
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand($"{breach}; set local role tp_app", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        await posture.RequireAsync(connection, Cancel);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class ListLogger : ILogger<DatabasePosture>
    {
        public List<string> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
