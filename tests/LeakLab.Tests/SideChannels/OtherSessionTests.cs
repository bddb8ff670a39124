using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>All tenants' requests are sessions of one role, and PostgreSQL lets a role look at its own sessions.</summary>
[Collection(nameof(SideChannels))]
public sealed class OtherSessionTests(SideChannelFixture fixture)
{
    [Theory]
    [InlineData("select query from pg_stat_activity")]
    [InlineData("select pg_stat_get_backend_activity(1)")]
    [InlineData("select n_tup_ins from pg_stat_user_tables")]
    [InlineData("select pg_stat_get_xact_tuples_fetched('platform.users'::regclass)")]
    [InlineData("select pg_terminate_backend(pid) from pg_locks where pid <> pg_backend_pid()")]
    [InlineData("select pg_cancel_backend(1)")]
    [InlineData("select query_to_xml('select 1', true, true, '')")]
    [InlineData("select * from ts_stat('select null::tsvector')")]
    [InlineData("do $$ begin perform 1; end $$")]
    [InlineData("create temp table mine (id int)")]
    [InlineData("create function pg_temp.mine() returns int language sql as 'select 1'")]
    public async Task What_looks_at_others_or_runs_text_in_a_statement_is_taken_away(string sql) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await fixture.InjectionErrorAsync(sql)).SqlState);

    [Fact]
    public async Task Where_it_cannot_be_taken_away_a_sessions_text_still_holds_no_value()
    {
        var needle = $"needle {Guid.NewGuid()}";
        await using var db = fixture.Database.Tenants.Open(fixture.Victim.Context);
        await db.Database.OpenConnectionAsync(Cancel);

        await db.Todos.Where(todo => todo.Title == needle && todo.CreatedBy == fixture.Victim.OwnerId).ToListAsync(Cancel);

        var backend = ((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID;
        var text = await fixture.Admin.ReadAsync($"select query from pg_stat_activity where pid = {backend}");
        Assert.Contains("FROM todos", text, StringComparison.Ordinal);
        Assert.DoesNotMatch($"needle|{fixture.Victim.Id}|{fixture.Victim.OwnerId}|v1[.]", text);
    }

    [Fact]
    public async Task A_unit_of_work_holds_up_none_of_another_tenant_or_of_its_own()
    {
        await using var busy = fixture.Database.Tenants.Open(fixture.Attacker.Context);
        await using var transaction = await busy.Database.BeginTransactionAsync(Cancel);

        foreach (var context in new[] { fixture.Victim.Context, fixture.Attacker.Context })
        {
            var work = $"set local lock_timeout = '1s'; call tenancy.enter('{fixture.Database.Signer.Sign(context)}'); select 1";
            Assert.Equal("1", await fixture.App.ReadAsync(work));
        }
    }

    [Fact]
    public async Task Keys_come_from_no_counter_that_others_advance() => Assert.Equal("0", await fixture.Admin.ReadAsync("""
        select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'S' and n.nspname in ('platform', 'pooled', 'tenancy', 'public')
        """));

    [Fact]
    public async Task Ones_own_keys_tell_nothing_of_another_tenants_rows_with_the_same() => Assert.Equal("1", await fixture.InjectAsync("""
        insert into pooled.todos (tenant_id, id, title, created_by) values ('{tenant}', '{victim}', 'mine', '{user}');
        select count(*) from pooled.todos where id = '{victim}'
        """));

    [Fact]
    public async Task Accepted_which_tenants_that_one_knows_are_at_work_now()
    {
        await using var busy = fixture.Database.Tenants.Open(fixture.Victim.Context);
        await using var transaction = await busy.Database.BeginTransactionAsync(Cancel);

        Assert.Equal("f", await fixture.InjectAsync("select pg_try_advisory_xact_lock(hashtextextended('{victim}', 0))"));
    }
}
