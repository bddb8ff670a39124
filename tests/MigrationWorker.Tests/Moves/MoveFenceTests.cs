using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

/// <summary>No request can act on where its tenant used to live.</summary>
[Collection(SharingMovesDatabase.Name)]
public sealed class MoveFenceTests(MovesDatabase moves)
{
    [Fact]
    public async Task A_request_that_waited_at_the_fence_finds_the_new_place()
    {
        var tenant = await moves.App.CreateTenantAsync(Cancel);
        await using var owner = await FenceAsync(tenant);
        var entering = EnterAsync(tenant, "read committed");

        await UntilWaitingAsync(owner);
        await ExecuteAsync(owner, $"update platform.tenants set placement = 'dedicated' where id = '{tenant.Id}'; commit");

        await using var request = await entering;
        Assert.Equal($"tenant_{tenant.Key}", await ScalarAsync(request, "show search_path"));
    }

    [Theory]
    [InlineData("repeatable read")]
    [InlineData("serializable")]
    public async Task A_snapshot_from_before_the_flip_cannot_write_to_the_old_place(string level)
    {
        var tenant = await moves.App.CreateTenantAsync(Cancel);
        await using var owner = await FenceAsync(tenant);
        var entering = EnterAsync(tenant, level);

        await UntilWaitingAsync(owner);
        await ExecuteAsync(owner, $"update platform.tenants set placement = 'dedicated' where id = '{tenant.Id}'; commit");

        var error = await Assert.ThrowsAsync<PostgresException>(() => entering);
        Assert.Equal(PostgresErrorCodes.SerializationFailure, error.SqlState);
    }

    [Fact]
    public async Task A_snapshot_from_before_the_flip_can_read_what_it_shows()
    {
        var tenant = await moves.CreateFilledAsync();
        await using var request = await OpenAsync("repeatable read read only");
        var before = await ScalarAsync(request, "select pg_current_snapshot()::text");

        await moves.MoveAsync(tenant, "dedicated");
        await ExecuteAsync(request, $"call tenancy.enter('{moves.App.Signer.Sign(tenant.Context)}')");

        Assert.NotEqual("0", await ScalarAsync(request, "select count(*)::text from todos"));
        Assert.Equal(before, await ScalarAsync(request, "select pg_current_snapshot()::text"));
    }

    [Fact]
    public async Task While_nothing_moves_strict_transactions_work_side_by_side()
    {
        var tenant = await moves.CreateFilledAsync();
        await using var first = await EnterAsync(tenant, "repeatable read");
        await using var second = await EnterAsync(tenant, "serializable");

        Assert.NotEqual("0", await ScalarAsync(first, "select count(*)::text from todos"));
        Assert.NotEqual("0", await ScalarAsync(second, "select count(*)::text from todos"));
    }

    private async Task<NpgsqlConnection> FenceAsync(TestTenant tenant)
    {
        var owner = new NpgsqlConnection(moves.Database.Owner);
        await owner.OpenAsync(Cancel);
        await ExecuteAsync(owner, $"begin; select pg_advisory_xact_lock(hashtextextended('{tenant.Id}', 0))");
        return owner;
    }

    private async Task<NpgsqlConnection> EnterAsync(TestTenant tenant, string level)
    {
        var request = await OpenAsync(level);
        try
        {
            await ExecuteAsync(request, $"call tenancy.enter('{moves.App.Signer.Sign(tenant.Context)}')");
            return request;
        }
        catch
        {
            await request.DisposeAsync();
            throw;
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string level)
    {
        var request = new NpgsqlConnection(moves.Database.App + ";Pooling=false");
        await request.OpenAsync(Cancel);
        await ExecuteAsync(request, $"begin isolation level {level}");
        return request;
    }

    private async Task UntilWaitingAsync(NpgsqlConnection fence)
    {
        while (!await moves.Database.Admin.ScalarAsync<bool>($"select exists (select from pg_stat_activity where {fence.ProcessID} = any (pg_blocking_pids(pid)))"))
            await Task.Delay(10, Cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel) as string;
    }
}
