namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>Expressions that fail, and say with what, must not see a row before its policy has let it through.</summary>
[Collection(nameof(SideChannels))]
public sealed class LeakyPredicateTests(SideChannelFixture fixture)
{
    [Theory]
    [InlineData("select 1 from pooled.todos where title::int = 1")]
    [InlineData("select 1 from pooled.todos where 1 / (case when title like 'merger%' then 0 else 1 end) = 1")]
    [InlineData("select 1 from pooled.todos where title::uuid = id and tenant_id = '{victim}'")]
    [InlineData("select 1 from pooled.todos where to_date(title, 'YYYY-MM-DD') > now()")]
    [InlineData("select 1 from pooled.todos t where exists (select where t.title::numeric > 0)")]
    [InlineData("select 1 from pooled.todos t join (values (1)) v(n) on t.title::int = v.n")]
    [InlineData("select 1 from (select * from pooled.todos offset 0) t order by title::int")]
    [InlineData("select min(title::int) from pooled.todos")]
    [InlineData("select 1 from pooled.todos group by title::int having min(title)::bool")]
    [InlineData("with t as materialized (select title::int from pooled.todos) select count(*) from t")]
    [InlineData("update pooled.todos set version = title::int")]
    [InlineData("delete from pooled.todos where title::int = 1")]
    public async Task Casts_and_divisions_fail_for_nobody_elses_rows(string sql)
    {
        Assert.Contains((await fixture.InjectAsync(sql)) ?? "", (string[])["", "0"]);

        await fixture.OwnersErrorAsync(sql);
    }

    [Fact]
    public async Task Whom_no_policy_binds_would_read_the_secret_in_the_error() => Assert.Contains(
        SideChannelFixture.Secret,
        (await fixture.OwnersErrorAsync("select 1 from pooled.todos where title::int = 1")).MessageText,
        StringComparison.Ordinal);
}
