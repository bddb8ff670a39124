using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class StatementGuardTests(DatabaseFixture database)
{
    private NpgsqlDataSource App => database.App.DataSource;

    [Theory]
    [InlineData("prepare p as select 1")]
    [InlineData("DEALLOCATE ALL")]
    [InlineData("select 1;\ndiscard all")]
    [InlineData("select 1; -- ;\r deallocate p")]
    [InlineData("/* /* */ */ prepare p as select 1")]
    [InlineData("do $$ begin execute 'dealloc' || 'ate all'; end $$")]
    public async Task What_could_replace_a_prepared_statement_is_not_sent(string sql)
    {
        await using var connection = await App.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(sql) } };

        await Assert.ThrowsAsync<NotSupportedException>(() => command.ExecuteNonQueryAsync(Cancel));
        await Assert.ThrowsAsync<NotSupportedException>(() => batch.ExecuteNonQueryAsync(Cancel));
    }

    [Fact]
    public async Task A_refusal_leaves_no_connection_that_believes_to_have_prepared()
    {
        await using var app = new AppAccess(database.AppConnectionString + ";Maximum Pool Size=1", database.SigningKey);

        for (var time = 0; time < 10; time++)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => app.DataSource.ExecuteAsync("select 1; deallocate all"));
            Assert.Equal(1, await app.DataSource.ScalarAsync<int>("select 1"));
        }
    }

    [Theory]
    [InlineData("select 1 as prepare")]
    [InlineData("/* prepare */ select 1")]
    [InlineData("select length('-'); select 1 -- do")]
    public async Task Words_elsewhere_are_no_matter(string sql) => Assert.Equal(1, await App.ScalarAsync<int>(sql));

    [Fact]
    public async Task Statements_are_prepared_when_they_come_back()
    {
        await using var connection = await App.OpenConnectionAsync(Cancel);
        const string sql = "select 1 as coming_back";

        for (var time = 0; time < 10; time++)
            await ScalarAsync(connection, sql);

        Assert.Equal(1, await ScalarAsync(connection, $"select count(*)::int from pg_prepared_statements where statement = '{sql}' and not from_sql"));
    }

    [Fact]
    public async Task Nothing_is_prepared_where_the_connection_string_says_so()
    {
        await using var app = new AppAccess(database.AppConnectionString + ";Max Auto Prepare=0", database.SigningKey);
        await using var connection = await app.DataSource.OpenConnectionAsync(Cancel);

        for (var time = 0; time < 10; time++)
            await ScalarAsync(connection, "select 1");

        Assert.Equal(0, await ScalarAsync(connection, "select count(*)::int from pg_prepared_statements"));
    }

    private static async Task<int> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (int)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
