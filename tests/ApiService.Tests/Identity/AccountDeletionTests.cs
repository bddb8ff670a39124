using System.Net.Http.Json;
using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Identity;

public sealed class AccountDeletionTests(ApiFixture fixture)
{
    private Caller Anonymous => fixture.Api.Anonymous;

    [Fact]
    public async Task A_deleted_account_is_unknown_and_its_address_free()
    {
        var user = await fixture.Api.SignUpAsync();

        (await DeleteAsync(user)).Require(HttpStatusCode.NoContent);

        (await user.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await SignInAsync(user.Email)).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        Assert.NotEqual(user.UserId, (await SignUpAgainAsync(user.Email)).UserId);
    }

    [Fact]
    public async Task The_only_owner_of_tenants_is_told_which_and_nothing_changes()
    {
        var owner = await fixture.Api.SignUpAsync();
        var (first, second) = (await TenantCaller.CreateAsync(owner), await TenantCaller.CreateAsync(owner));
        var shared = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AddMemberAsync(shared, owner, "owner");

        var answer = (await DeleteAsync(owner)).RequireProblem(HttpStatusCode.Conflict, "sole-owner");

        var named = answer.Body["tenants"]!.AsArray().Select(tenant => (Guid)tenant!["id"]!);
        Assert.Equal(new[] { first.TenantId, second.TenantId }.Order(), named.Order());
        Assert.Equal(first.Slug, answer.Body["tenants"]!.AsArray().Select(tenant => (string?)tenant!["slug"]).Single(slug => slug == first.Slug));
        (await owner.GetAsync(shared.Path)).Require(HttpStatusCode.OK);
        (await owner.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Memberships_end_and_what_was_theirs_to_do_is_nobodys()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var member = await fixture.Api.SignUpAsync();
        await fixture.AddMemberAsync(tenant, member);
        var todo = await tenant.AddTodoAsync(new { title = "Water the plants", assignedTo = member.UserId });

        (await DeleteAsync(member)).Require(HttpStatusCode.NoContent);

        Assert.Null((await tenant.User.GetAsync(tenant.Todo(todo.Id))).Require(HttpStatusCode.OK).Body["assignedTo"]);
        Assert.Single((await tenant.User.GetAsync($"{tenant.Path}/members")).Require(HttpStatusCode.OK).Items);
    }

    [Theory]
    [InlineData("update platform.tenants set deleted = now() where id = $2 and $1 = $1")]
    [InlineData("update platform.tenant_users set status = 'suspended' where user_id = $1 and tenant_id = $2")]
    [InlineData("update platform.tenants set status = 'suspended' where id = $2 and $1 = $1")]
    public async Task Tenants_in_any_state_are_left(string state)
    {
        var shared = await fixture.Api.SignUpWithTenantAsync();
        var owner = await fixture.Api.SignUpAsync();
        await fixture.AddMemberAsync(shared, owner, "owner");
        await fixture.AsAdminAsync(state, owner.UserId, shared.TenantId);

        (await DeleteAsync(owner)).Require(HttpStatusCode.NoContent);

        Assert.Equal(0, await fixture.CountAsAdminAsync(
            "select count(*) from platform.tenant_users where user_id = $1::uuid and deleted is null", owner.UserId.ToString()));
    }

    [Fact]
    public async Task A_tenant_that_is_deleted_keeps_nobody()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set deleted = now() where id = $1", tenant.TenantId);

        (await DeleteAsync(tenant.User)).Require(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Two_owners_who_go_at_the_same_moment_leave_one_behind()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var other = await fixture.Api.SignUpAsync();
        await fixture.AddMemberAsync(tenant, other, "owner");

        var answers = await Task.WhenAll(DeleteAsync(tenant.User), DeleteAsync(other));

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.NoContent);
        Assert.Single(answers, answer => answer.Status is HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Tokens_and_unsent_messages_go_too()
    {
        var user = await fixture.Api.SignUpAsync();
        await Anonymous.PostAsync("/auth/forgot-password", new { email = user.Email });
        var token = await new Mailbox(Anonymous, user.Email).TokenAsync("reset-password");
        await fixture.AsAdminAsync(
            """
            insert into platform.outbox_messages (id, kind, recipient, payload, next_attempt)
            select gen_random_uuid(), 'test-message', email, '\x00', now() + interval '1 hour' from platform.users where id = $1
            """,
            user.UserId);

        (await DeleteAsync(user)).Require(HttpStatusCode.NoContent);
        await SignUpAgainAsync(user.Email);

        (await Anonymous.PostAsync("/auth/reset-password", new { token, password = Password })).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
        Assert.Equal(1, await fixture.CountAsAdminAsync(
            "select count(*) from platform.outbox_messages where recipient = $1 and kind = 'test-message' and payload is null and deleted is not null",
            user.Email));
    }

    [Fact]
    public async Task Nobody_deletes_an_account_without_its_password()
    {
        var user = await fixture.Api.SignUpAsync();

        (await DeleteAsync(user, "wrong password")).RequireProblem(HttpStatusCode.Forbidden, "wrong-password");
        (await DeleteAsync(user, "")).RequireInvalid("password");
        (await DeleteAsync(user, null)).RequireInvalid("password");
        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_has_no_password_here_needs_none()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.accounts set deleted = now() where user_id = $1", user.UserId);

        (await DeleteAsync(user, null)).Require(HttpStatusCode.NoContent);

        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.Unauthorized);
    }

    private static Task<Answer> DeleteAsync(Caller user, string? password = Password) =>
        user.SendAsync(HttpMethod.Delete, "/auth/me", JsonContent.Create(new { password }));

    private async Task<Caller> SignUpAgainAsync(string email)
    {
        (await Anonymous.PostAsync("/auth/sign-up", new { email, password = Password })).Require(HttpStatusCode.Accepted);
        var token = await new Mailbox(Anonymous, email).TokenAsync("verify-email", 2);
        return Caller.From(fixture.Api.Client, await Anonymous.PostAsync("/auth/verify-email", new { token }));
    }

    private Task<Answer> SignInAsync(string email) => Anonymous.PostAsync("/auth/sign-in", new { email, password = Password });
}
