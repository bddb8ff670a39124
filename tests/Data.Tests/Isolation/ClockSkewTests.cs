using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

/// <summary>The clock of a service against the one of the database, in both directions.</summary>
public sealed class ClockSkewTests(DatabaseFixture database)
{
    // The clocks run on while a test does; more than it takes, less than any limit.
    private const int Margin = 20;

    [Theory]
    [InlineData(-60 + Margin, 60)]
    [InlineData(-3600 + Margin, 3600)]
    [InlineData(300, 60)]
    [InlineData(300, 3600)]
    public async Task The_database_accepts_contexts_of_a_clock_within_the_tolerance(int shift, int lifetime)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);

        Assert.Equal(1L, await database.App.DataSource.ScalarAsync<long>("select count(*) from todos", Sign(tenant, shift, lifetime)));
    }

    [Theory]
    [InlineData(-60 - Margin, 60, "tenant context has expired")]
    [InlineData(-3600 - Margin, 3600, "tenant context has expired")]
    [InlineData(300 + Margin, 3600, "tenant context expires too far in the future")]
    [InlineData(3840 + Margin, 60, "tenant context expires too far in the future")]
    public async Task The_database_refuses_contexts_of_a_clock_beyond_the_tolerance(int shift, int lifetime, string reason)
    {
        var context = Sign(await database.CreateTenantAsync(Cancel), shift, lifetime);

        var error = await RawSql.PostgresErrorAsync(() => database.App.DataSource.ScalarAsync<int>("select 1", context));

        Assert.Equal((PostgresErrorCodes.InsufficientPrivilege, reason), (error.SqlState, error.MessageText));
        Assert.Contains("clock", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 30)]
    [InlineData(5, 2.5)]
    [InlineData(3600, 300)]
    public void Half_a_lifetime_is_tolerated_and_five_minutes_at_most(int lifetime, double bound) =>
        Assert.Equal(TimeSpan.FromSeconds(bound), Skew(0, lifetime, []).Bound);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(-10, 0)]
    [InlineData(22, 1)]
    [InlineData(-22, 1)]
    public async Task Clocks_within_the_bound_are_ready_and_warned_of_from_half_of_it_on(int shift, int warnings)
    {
        var log = new List<string>();
        var skew = Skew(shift, 60, log);
        await using var connection = await database.App.DataSource.OpenConnectionAsync(Cancel);

        await skew.RequireAsync(connection, Cancel);
        await skew.RequireAsync(connection, Cancel);

        Assert.Equal(warnings, log.Count);
    }

    [Theory]
    [InlineData(35)]
    [InlineData(-35)]
    public async Task Clocks_beyond_the_bound_are_not_ready_and_both_are_named(int shift)
    {
        await using var connection = await database.App.DataSource.OpenConnectionAsync(Cancel);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Skew(shift, 60, []).RequireAsync(connection, Cancel));

        Assert.Matches(
            @"^The clocks differ by 3[45]\.\d seconds, 30\.0 are tolerated: the clock of this service says [\d: -]+Z and that of the database [\d: -]+Z\. ",
            error.Message);
    }

    private static FixedOptions<TenancyOptions> Options(string secret, int lifetime) =>
        new(new TenancyOptions { SigningKey = secret, ContextLifetimeSeconds = lifetime });

    private static ClockSkew Skew(int shift, int lifetime, List<string> log) =>
        new(Options(new string('k', 32), lifetime), new ShiftedTime(TimeSpan.FromSeconds(shift)), new ListLogger<ClockSkew>(log));

    private string Sign(TestTenant tenant, int shift, int lifetime) =>
        new TenantContextSigner(Options(database.SigningKey, lifetime), new ShiftedTime(TimeSpan.FromSeconds(shift))).Sign(tenant.Context);
}
