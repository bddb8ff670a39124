using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

/// <summary>Until when the database accepts what a key signs. Each test installs a key of its own.</summary>
public sealed class KeyValidityTests(DatabaseFixture database) : IAsyncLifetime
{
    private const string Count = "select count(*) from todos";

    private readonly string secret = Guid.NewGuid().ToString("N");
    private NpgsqlDataSource owner = null!;
    private AppAccess app = null!;
    private string context = null!;

    public async ValueTask InitializeAsync()
    {
        owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        app = new AppAccess(database.AppConnectionString, secret);
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        context = app.Signer.Sign(tenant.Context);
        var key = new SigningKey(secret);
        await using var install = owner.CreateCommand("insert into tenancy.signing_keys (id, inner_pad, outer_pad) values ($1, $2, $3)");
        install.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = key.Id }, new() { Value = key.InnerPad }, new() { Value = key.OuterPad } });
        await install.ExecuteNonQueryAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await owner.DisposeAsync();
    }

    [Theory]
    [InlineData("expires = null")]
    [InlineData("expires = now() + interval '1 minute'")]
    public async Task A_key_that_has_not_expired_is_accepted(string change)
    {
        await ChangeAsync(change);

        Assert.Equal(1L, await app.DataSource.ScalarAsync<long>(Count, context));
    }

    [Theory]
    [InlineData("expires = now()", "tenant context is signed with a key that has expired")]
    [InlineData("revoked = now()", "tenant context is signed with a key that was revoked")]
    [InlineData("revoked = now(), expires = now() + interval '1 day'", "tenant context is signed with a key that was revoked")]
    public async Task A_key_that_has_ended_is_refused_and_the_reason_given(string change, string reason)
    {
        await ChangeAsync(change);

        var error = await RawSql.PostgresErrorAsync(() => app.DataSource.ScalarAsync<long>(Count, context));

        Assert.Equal((PostgresErrorCodes.InsufficientPrivilege, reason), (error.SqlState, error.MessageText));
        Assert.Equal("Set Tenancy:SigningKey of this service to the key that signs now.", error.Hint);
    }

    [Fact]
    public async Task Revoking_takes_the_rows_from_a_transaction_that_is_open()
    {
        await using var connection = await app.DataSource.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var enter = new NpgsqlCommand("call tenancy.enter($1)", connection) { Parameters = { new() { Value = context } } };
        await enter.ExecuteNonQueryAsync(Cancel);
        await ChangeAsync("revoked = now()");
        await using var query = new NpgsqlCommand(Count, connection);

        Assert.Equal(0L, await query.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task Only_who_knows_the_key_is_told_that_it_has_ended()
    {
        await ChangeAsync("revoked = now()");

        var error = await RawSql.PostgresErrorAsync(() => app.DataSource.ScalarAsync<long>(Count, context[..^2] + "zz"));

        Assert.Equal("tenant context has no valid signature", error.MessageText);
    }

    private async Task ChangeAsync(string change)
    {
        await using var update = owner.CreateCommand($"update tenancy.signing_keys set {change} where id = '{new SigningKey(secret).Id}'");
        Assert.Equal(1, await update.ExecuteNonQueryAsync(Cancel));
    }
}
