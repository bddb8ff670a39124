using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>What becomes of a person's things when their membership ends, by their own will or another's.</summary>
public sealed class RemovalTests(ApiFixture fixture)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_membership_that_ends_closes_the_tenant_at_once_and_no_session(bool leaves)
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");

        (await EndAsync(tenant, member, leaves)).Require(HttpStatusCode.NoContent);

        (await member.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await member.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        (await EndAsync(tenant, member, leaves)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_theirs_to_do_is_nobodys_and_what_they_made_stays(bool leaves)
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var assigned = await tenant.AddTodoAsync(new { title = "Theirs", assignedTo = member.UserId });
        var made = await member.PostAsync(tenant.Todos, new { title = "By them", assignedTo = tenant.User.UserId });

        await EndAsync(tenant, member, leaves);

        var after = await tenant.User.GetAsync(tenant.Todo(assigned.Id));
        Assert.Null(after.Body["assignedTo"]);
        Assert.NotEqual(assigned.ETag, after.ETag);
        Assert.Equal(made.Text, (await tenant.User.GetAsync(tenant.Todo(made.Id))).Text);
    }

    [Fact]
    public async Task Paths_stay_without_their_maker()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        await fixture.AsAdminAsync(
            "insert into pooled.onboarding_paths (tenant_id, id, name, created_by) values ($1, gen_random_uuid(), 'Welcome', $2)", tenant.TenantId, member.UserId);

        await EndAsync(tenant, member, leaves: false);

        Assert.Equal(1, await fixture.ReadAsAdminAsync<long>(
            "select count(*) from pooled.onboarding_paths where tenant_id = $1 and created_by is null and version = 2", tenant.TenantId));
    }

    [Fact]
    public async Task What_is_being_assigned_to_them_meanwhile_is_nobodys_too()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        await using var db = fixture.Database.Tenants.Open(TenantContext.ForTenant(tenant.TenantId, tenant.User.UserId));
        await using var assignment = await db.Database.BeginTransactionAsync(Cancel);
        var todo = new Todo { TenantId = tenant.TenantId, Title = "Late", CreatedBy = tenant.User.UserId, AssignedTo = member.UserId };
        db.Todos.Add(todo);
        await db.SaveChangesAsync(Cancel);

        var removal = EndAsync(tenant, member, leaves: false);
        await UntilAsync(async () => removal.IsCompleted || await IsWaitingAsync());
        await assignment.CommitAsync(Cancel);

        (await removal).Require(HttpStatusCode.NoContent);
        Assert.Null((await tenant.User.GetAsync(tenant.Todo(todo.Id.ToString()))).Body["assignedTo"]);
    }

    [Fact]
    public async Task In_another_tenant_everything_stays_theirs()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var other = await TenantCaller.CreateAsync(member);
        var todo = await other.AddTodoAsync(new { title = "Mine", assignedTo = member.UserId });

        await EndAsync(tenant, member, leaves: false);

        Assert.Equal(todo.Text, (await member.GetAsync(other.Todo(todo.Id))).Text);
    }

    [Fact]
    public async Task Teams_end_and_pending_invitations_are_canceled()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("admin");
        var team = await tenant.User.PostAsync(tenant.Teams, new { name = "Builders" });
        await tenant.User.PostAsync($"{tenant.Teams}/{team.Id}/members", new { userId = member.UserId });
        await fixture.AsAdminAsync(
            """
            insert into platform.invitations (tenant_id, id, email, invited_by, token_hash, expires)
            values ($1, gen_random_uuid(), 'x@example.org', $2, sha256('a'), now() + interval '1 day')
            """,
            tenant.TenantId, member.UserId);

        await EndAsync(tenant, member, leaves: true);

        Assert.Empty((await tenant.User.GetAsync($"{tenant.Teams}/{team.Id}/members")).Items);
        Assert.Equal("canceled", await fixture.ReadAsAdminAsync<string>("select status from platform.invitations where invited_by = $1", member.UserId));
    }

    // A restricting foreign key of another column would keep pointing to former members.
    [Fact]
    public async Task No_other_column_keeps_former_members()
    {
        var columns = await fixture.ReadAsAdminAsync<string>(
            """
            select string_agg(c.conrelid::regclass || '.' || a.attname, ' ' order by c.conrelid::regclass::text)
            from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
            where c.confrelid = 'platform.tenant_users'::regclass and c.connamespace = 'pooled'::regnamespace and c.confdeltype in ('r', 'a') and $1 is not null
            """,
            Guid.Empty);

        Assert.Equal("pooled.onboarding_paths.created_by pooled.todos.assigned_to", columns);
    }

    private static Task<Answer> EndAsync(TenantCaller tenant, Caller member, bool leaves) =>
        leaves ? member.PostAsync($"{tenant.Path}/leave") : tenant.User.DeleteAsync(tenant.Member(member));

    private Task<bool> IsWaitingAsync() => fixture.ReadAsAdminAsync<bool>(
        "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like '%tenant_users%for update%' and $1 is not null)", Guid.Empty);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancel);
    }
}
