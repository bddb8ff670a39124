namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>
/// PostgreSQL runs comparisons that cannot fail before policies. What policies do then must not depend on whether a row of
/// somebody else has passed such a comparison, or bisection reads that row.
/// </summary>
[Collection(nameof(SideChannels))]
public sealed class PolicyOrderTests(SideChannelFixture fixture)
{
    [Theory]
    [InlineData("pooled.todos where ctid = '{row}' and title >= 'm' and title < 'n'")]
    [InlineData("pooled.todos where ctid = '{row}' and title >= 'x' and title < 'y'")]
    [InlineData("pooled.todos where ctid = '{row}' and not completed")]
    [InlineData("platform.tenants where name >= 'm' and name < 'n'")]
    [InlineData("platform.tenants where name >= 'x' and name < 'y'")]
    [InlineData("platform.users where email = 'initech@example.org'")]
    [InlineData("platform.users where email = 'nobody@example.org'")]
    [InlineData("platform.accounts where user_id = '{victims_owner}' and password >= 'm' and password < 'n'")]
    [InlineData("platform.accounts where user_id = '{victims_owner}' and password >= 'x' and password < 'y'")]
    public async Task A_context_broken_half_way_is_no_error_that_tells_of_a_row(string rows)
    {
        Assert.Equal("f", await fixture.InjectAsync($"select exists (select from {rows})"));
        Assert.Equal("f", await fixture.InjectAsync($"set local tenancy.context = 'broken'; select exists (select from {rows})"));
        Assert.Equal("f", await fixture.InjectAsync($"""
            select case set_config('tenancy.context', 'broken', true) when 'broken' then exists (select from {rows}) end
            """));
    }

    [Theory]
    [InlineData("created > '2000-01-01'")]
    [InlineData("tenant_id >= '{victim}' and tenant_id <= '{victim}' and created > '2000-01-01'")]
    [InlineData("tenant_id >= '{victim}' and created_by = '{victims_owner}'")]
    public async Task An_index_of_the_tenant_plane_is_entered_with_ones_own_tenant_only(string condition)
    {
        var plan = await fixture.InjectAsync(
            $"set local enable_seqscan = off; explain (analyze, costs off, timing off, summary off, buffers off) select 1 from pooled.todos where {condition}");

        // Before PostgreSQL 18 the policy's question is called $0.
        Assert.Matches(@"Index Cond: .*\(tenant_id = (\(InitPlan 1\)|\$0)", plan!);
        Assert.DoesNotContain("Rows Removed", plan, StringComparison.Ordinal);
    }
}
