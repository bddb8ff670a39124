using Npgsql;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>The planner estimates from statistics over all tenants' rows, and EXPLAIN shows the estimate.</summary>
[Collection(nameof(SideChannels))]
public sealed class EstimateTests(SideChannelFixture fixture)
{
    private const string Texts = """
        pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relkind = 'r' and c.relrowsecurity and a.attnum > 0 and a.atttypid in ('text'::regtype, 'bytea'::regtype)
        """;

    [Theory]
    [InlineData("title = '{0}'")]
    [InlineData("title in ('{0}', 'another')")]
    [InlineData("title >= '{0}' and title < '{0}~'")]
    public async Task A_text_that_is_common_with_another_tenant_is_estimated_like_one_that_nobody_has(string condition)
    {
        await FillAsync();

        Assert.Equal(await PlanAsync(condition, "nobody has this"), await PlanAsync(condition, SideChannelFixture.Secret));
    }

    [Fact]
    public async Task No_text_of_a_guarded_table_has_statistics_but_those_of_a_fixed_list()
    {
        var kept = await fixture.Admin.ReadAsync($"select c.relname || '.' || a.attname from {Texts} and a.attstattarget is distinct from 0 order by 1");

        Assert.All(kept!.Split('\n'), column => Assert.Matches(@"\.(status|state|role|severity|placement|type|criterion|trigger|actor_type|kind|action|phase)$", column));
        Assert.NotEqual("0", await fixture.Admin.ReadAsync($"select count(*) from {Texts} and a.attstattarget = 0"));
    }

    [Fact]
    public async Task Statistics_themselves_cannot_be_read()
    {
        await FillAsync();

        Assert.Equal("0", await fixture.InjectAsync("select count(*) from pg_stats where schemaname in ('platform', 'pooled')"));
        Assert.Equal("0", await fixture.InjectAsync("select count(*) from pg_stats_ext"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await fixture.InjectionErrorAsync("select 1 from pg_statistic")).SqlState);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await fixture.InjectionErrorAsync("select 1 from pg_statistic_ext_data")).SqlState);
    }

    [Fact]
    public async Task Accepted_how_many_rows_all_tenants_have_together()
    {
        await FillAsync();

        Assert.Equal("t", await fixture.InjectAsync("select reltuples > 0 from pg_class where oid = 'pooled.todos'::regclass"));
        Assert.NotEqual("0", await fixture.InjectAsync("select pg_relation_size('pooled.todos')"));
    }

    private async Task FillAsync() => await fixture.Owner.ReadAsync($"""
        insert into pooled.todos (tenant_id, id, title, created_by)
        select '{fixture.Victim.Id}', gen_random_uuid(), '{SideChannelFixture.Secret}', '{fixture.Victim.OwnerId}' from generate_series(1, 500);
        analyze pooled.todos
        """);

    private async Task<string> PlanAsync(string condition, string text) =>
        (await fixture.InjectAsync($"explain select 1 from pooled.todos where {condition.Replace("{0}", text, StringComparison.Ordinal)}"))!
            .Replace(text, "", StringComparison.Ordinal);
}
