using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Tenancy;

internal static class Invitations
{
    public static async Task<Answer> InviteAsync(this TenantCaller tenant, object invitation) =>
        (await tenant.User.PostAsync(tenant.Invitations, invitation)).Require(HttpStatusCode.Created);

    /// <summary>Of the newest message to the address, once there are as many.</summary>
    public static Task<string> TokenAsync(this ApiFixture fixture, string email, int count = 1, string kind = "invitation") =>
        new Mailbox(fixture.Api.Anonymous, email).TokenAsync(kind, count);

    /// <summary>A new user's invitation, and the body that answers it.</summary>
    public static async Task<(TenantCaller Tenant, Caller Invited, Answer Invitation, object Link)> SignUpInvitedAsync(
        this ApiFixture fixture, string role = "member")
    {
        var (tenant, invited) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpAsync());
        var invitation = await tenant.InviteAsync(new { email = invited.Email, role });
        return (tenant, invited, invitation, new { tenant.TenantId, token = await fixture.TokenAsync(invited.Email) });
    }

    public static Task<Answer> AcceptAsync(this Caller caller, object link) => caller.PostAsync("/invitations/accept", link);

    public static Task<Answer> RejectAsync(this Caller caller, object link) => caller.PostAsync("/invitations/reject", link);

    public static Task<Answer> OfferAsync(this Caller caller, object link) => caller.PostAsync("/invitations/offer", link);

    public static Task ExpireAsync(this ApiFixture fixture, Answer invitation) => fixture.AsAdminAsync(
        "update platform.invitations set created = now() - interval '9 days', expires = now() - interval '1 minute' where id = $1", Guid.Parse(invitation.Id));

    public static Task<long> MembershipsAsync(this ApiFixture fixture, Caller user) => fixture.ReadAsAdminAsync<long>(
        "select count(*) from platform.tenant_users where user_id = $1 and deleted is null", user.UserId);
}
