using Npgsql;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>Constraints look through policies. Their errors may tell that they failed, but not with which values.</summary>
[Collection(nameof(SideChannels))]
public sealed class ErrorTextTests(SideChannelFixture fixture)
{
    private const string AddTodo =
        "insert into pooled.todos (tenant_id, id, title, created_by, assigned_to) values ('{tenant}', gen_random_uuid(), 'mine', '{user}', ";

    [Fact]
    public async Task A_duplicate_tells_the_index_and_no_value()
    {
        var slug = await fixture.InjectionErrorAsync("update platform.tenants set slug = '{victims_slug}' where id = '{tenant}'");
        var email = await fixture.UserErrorAsync("update platform.users set email = 'initech@example.org' where id = '{user}'");

        Assert.Equal((PostgresErrorCodes.UniqueViolation, "ix_tenants_slug", null), (slug.SqlState, slug.ConstraintName, slug.Detail));
        Assert.Equal((PostgresErrorCodes.UniqueViolation, "ix_users_email", null), (email.SqlState, email.ConstraintName, email.Detail));
    }

    [Fact]
    public async Task A_member_of_another_tenant_and_nobody_at_all_are_refused_alike()
    {
        var stranger = await fixture.InjectionErrorAsync(AddTodo + "'{victims_owner}')");
        var nobody = await fixture.InjectionErrorAsync(AddTodo + "gen_random_uuid())");

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, stranger.SqlState);
        Assert.Equal((nobody.SqlState, nobody.MessageText, nobody.Detail, nobody.Hint), (stranger.SqlState, stranger.MessageText, stranger.Detail, stranger.Hint));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.CheckViolation, AddTodo + "null), ('{tenant}', gen_random_uuid(), '', '{user}', null)")]
    [InlineData(PostgresErrorCodes.NotNullViolation, AddTodo + "null), ('{tenant}', gen_random_uuid(), null, '{user}', null)")]
    public async Task A_row_that_breaks_a_rule_is_not_repeated(string state, string sql)
    {
        var error = await fixture.InjectionErrorAsync(sql);

        Assert.Equal((state, null), (error.SqlState, error.Detail));
        Assert.Contains("Failing row contains", (await fixture.OwnersErrorAsync(sql)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("insert into pooled.todos (tenant_id, id, title, created_by) select '{victim}', id, title, created_by from pooled.todos")]
    [InlineData("insert into pooled.todos (tenant_id, id, title, created_by) values ('{victim}', gen_random_uuid(), 'x', '{victims_owner}')")]
    [InlineData("insert into pooled.todos (tenant_id, id, title, created_by) values ('{victim}', gen_random_uuid(), 'x', gen_random_uuid())")]
    [InlineData("insert into platform.users (id, email) values (gen_random_uuid(), 'initech@example.org')")]
    [InlineData("insert into platform.tenant_users (tenant_id, user_id, roles) values ('{victim}', '{victims_owner}', '{owner}')")]
    public async Task A_row_for_somebody_else_is_refused_before_any_constraint_is_asked(string sql)
    {
        if (sql.Contains("from pooled.todos", StringComparison.Ordinal))
            sql = $"{AddTodo}null); {sql}";

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await fixture.InjectionErrorAsync(sql)).SqlState);
    }
}
