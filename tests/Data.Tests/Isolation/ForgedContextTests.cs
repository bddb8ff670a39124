using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class ForgedContextTests(DatabaseFixture database)
{
    private const string Count = "select count(*) from pooled.todos";

    public static TheoryData<string> Malformed =>
    [
        "",
        "v1",
        "......",
        "v1.-.-.tenant.9999999999.00000000",
        "v1.-.-.tenant.9999999999.00000000.00.00",
        "v2.-.-.tenant.9999999999.00000000.00",
        "v1.-.-.tenant.9999999999..",
        "V1.-.-.TENANT.9999999999.00000000.00",
        "v1.-.-.tenant.9999999999.00000000.00'; set role postgres; --",
        "v1.-.-.tenant.9999999999.00000000.00\n",
        new string('a', 256),
    ];

    [Fact]
    public async Task A_signed_context_is_accepted()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);

        Assert.Equal(1L, await database.App.DataSource.ScalarAsync<long>(Count, database.Signer.Sign(tenant.Context)));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_context_is_refused(string context) => await AssertRefusedAsync(context);

    [Theory]
    [InlineData(0, "v2")]
    [InlineData(1, "0198c0de-0000-7000-8000-000000000000")]
    [InlineData(1, "-")]
    [InlineData(2, "0198c0de-0000-7000-8000-000000000000")]
    [InlineData(3, "platform")]
    [InlineData(4, "9999999999")]
    [InlineData(5, "00000000")]
    [InlineData(6, "")]
    [InlineData(6, "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_context_with_any_field_altered_is_refused(int field, string value)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var fields = database.Signer.Sign(tenant.Context).Split('.');
        fields[field] = value;

        await AssertRefusedAsync(string.Join('.', fields));
    }

    [Fact]
    public async Task A_context_with_a_field_more_or_less_is_refused()
    {
        var context = database.Signer.Sign((await database.CreateTenantAsync(Cancel)).Context);

        await AssertRefusedAsync(context + ".");
        await AssertRefusedAsync("v1." + context);
        await AssertRefusedAsync(context[..context.LastIndexOf('.')]);
        await AssertRefusedAsync(context[..^1]);
    }

    [Fact]
    public async Task A_context_signed_with_an_unknown_key_is_refused()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var attacker = new AppAccess(database.AppConnectionString, new string('x', 32));

        await AssertRefusedAsync(attacker.Signer.Sign(tenant.Context));
    }

    [Fact]
    public async Task An_unknown_key_cannot_borrow_a_known_keys_name()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var attacker = new AppAccess(database.AppConnectionString, new string('x', 32));
        var known = new SigningKey(database.SigningKey).Id;
        var unknown = new SigningKey(new string('x', 32)).Id;

        await AssertRefusedAsync(attacker.Signer.Sign(tenant.Context).Replace(unknown, known, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expired_context_is_refused()
    {
        var tenant = await database.CreateTenantAsync(Cancel);

        await AssertRefusedAsync(Signed(tenant, expires: TimeProvider.System.GetUtcNow().AddSeconds(-1)));
    }

    [Fact]
    public async Task A_context_that_expires_lasts_to_the_end_of_its_transaction_and_opens_no_other()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var connection = await database.App.DataSource.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var start = new NpgsqlCommand("select now()", connection);
        var context = Signed(tenant, (DateTime)(await start.ExecuteScalarAsync(Cancel))! + TimeSpan.FromSeconds(1));
        await using var work = new NpgsqlCommand($"call tenancy.enter('{context}'); select pg_sleep(2); update pooled.todos set priority = 2", connection);

        Assert.Equal(1, await work.ExecuteNonQueryAsync(Cancel));
        await transaction.CommitAsync(Cancel);
        await AssertRefusedAsync(context);
    }

    [Fact]
    public async Task A_forged_context_is_refused_through_ef_too()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var attacker = new AppAccess(database.AppConnectionString, database.SigningKey,
            services => services.AddSingleton<TimeProvider>(new FixedTime(DateTimeOffset.UnixEpoch)));
        await using var db = attacker.Tenants.Open(tenant.Context);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => db.Todos.FindAsync([tenant.Id, tenant.Id], Cancel).AsTask()));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => db.Database.BeginTransactionAsync(Cancel)));
    }

    private string Signed(TestTenant tenant, DateTimeOffset expires)
    {
        var options = new TenancyOptions { SigningKey = database.SigningKey };
        return new TenantContextSigner(new FixedOptions<TenancyOptions>(options), new FixedTime(expires.AddSeconds(-options.ContextLifetimeSeconds))).Sign(tenant.Context);
    }

    // Through the front door it is an error; whoever sets the variable past it has no context at all.
    private async Task AssertRefusedAsync(string context)
    {
        var app = database.App.DataSource;
        await database.AddTodoAsync(await database.CreateTenantAsync(Cancel));
        var literal = context.Replace("'", "''", StringComparison.Ordinal);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => app.ScalarAsync<long>(Count, context)));
        Assert.Equal(0L, await app.ScalarAsync<long>($"set local tenancy.context = '{literal}'; {Count}"));
        Assert.Null(await app.ScalarAsync<string>($"set local tenancy.context = '{literal}'; select tenancy.scope()"));
    }
}
