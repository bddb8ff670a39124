namespace TenantPlatform.LeakLab.Http;

/// <summary>The right address, called by somebody who is not, or is no longer, entitled to it.</summary>
internal static class CallerAttacks
{
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int NotFound = 404;

    public static readonly Attack[] All =
    [
        WithCredential("no token", _ => null),
        WithCredential("malformed token", _ => Actor.Bearer("malformed")),
        WithCredential("truncated token", probe => Actor.Bearer(probe.Victim.Owner.Token[..^1])),
        WithCredential("altered token", probe => Actor.Bearer(Altered(probe.Victim.Owner.Token))),
        WithCredential("unknown token", _ => Actor.Bearer(Actor.NewToken())),
        WithCredential("expired session", probe => Actor.Bearer(probe.Victim.ExpiredToken)),
        WithCredential("session that was signed out", probe => Actor.Bearer(probe.Victim.SignedOutToken)),
        WithCredential("session id instead of its token", probe => Actor.Bearer(probe.Victim.Rows["sessions"][0])),
        WithCredential("another scheme", probe => $"Basic {probe.Victim.Owner.Token}"),
        Attack.Once("token in the query", "path", operation => operation.NeedsSession, TokenInQueryAsync),
        FormerMember("removed member with a live session", probe => probe.Victim.Removed),
        FormerMember("suspended member with a live session", probe => probe.Victim.Suspended),
        Attack.Once("removed member with a live session", "list", IsList, LeftAsync),
        Attack.Once("owner of a deleted tenant", "path", InTenantWithout(Recipes.ServeDeletedTenants), DeletedTenantAsync),
        Attack.Once("owner of a suspended tenant", "path", InTenantWithout(Recipes.ServeSuspendedTenants), SuspendedTenantAsync),
        Attack.Once("stranger to a suspended tenant", "path", operation => operation.IsInTenant, StrangerToSuspendedAsync),
        Attack.Once("member without the permission", "path", operation => operation is { IsInTenant: true, NeedsPermission: true }, PowerlessAsync),
        Attack.Once("tenant owner without a platform role", "path", operation => operation.IsPlatform, NoStaffAsync),
    ];

    private static Attack WithCredential(string name, Func<Probe, string?> authorization) =>
        Attack.Once(name, "path", operation => operation.NeedsSession, async probe =>
            Expect(await probe.SendAsync(probe.Rightful(probe.Victim) with { Authorization = authorization(probe) }), Unauthorized));

    private static Attack FormerMember(string name, Func<Probe, Actor> caller) =>
        Attack.Once(name, "path", operation => operation.IsInTenant, probe => LikeNoTenantAsync(probe, caller(probe)));

    private static async Task<Outcome> TokenInQueryAsync(Probe probe)
    {
        var request = (probe.Rightful(probe.Victim) with { Authorization = null }).WithQuery("access_token", probe.Victim.Owner.Token);
        return Expect(await probe.SendAsync(request), Unauthorized);
    }

    private static Task<Outcome> LikeNoTenantAsync(Probe probe, Actor caller)
    {
        var request = probe.Rightful(probe.Victim).As(caller);
        return probe.RefusedAlikeAsync(
            request.WithPath("tenant", probe.Victim.Key), request.WithPath("tenant", PathAttacks.NameOfNothing("key")), NotFound);
    }

    private static async Task<Outcome> LeftAsync(Probe probe)
    {
        var caller = probe.Victim.Removed;
        var request = probe.Rightful(probe.Victim).As(caller) with { Planted = [caller.UserId.ToString(), caller.SessionId.ToString()] };
        var answer = await probe.SendAsync(request);
        return answer.IsSuccess ? new Outcome($"{answer.Status} without the tenant") : Outcome.Leaked($"the list of a user is refused: {answer.Summary}");
    }

    private static async Task<Outcome> DeletedTenantAsync(Probe probe)
    {
        await probe.AsAdminAsync("update platform.tenants set deleted = now() where id = $1", probe.Victim.TenantId);
        await probe.ProtectAsync();
        return await LikeNoTenantAsync(probe, probe.Victim.Owner);
    }

    private static async Task<Outcome> SuspendedTenantAsync(Probe probe)
    {
        await SuspendAsync(probe);
        return Expect(await probe.SendAsync(probe.Rightful(probe.Victim)), Forbidden);
    }

    private static async Task<Outcome> StrangerToSuspendedAsync(Probe probe)
    {
        await SuspendAsync(probe);
        return await LikeNoTenantAsync(probe, probe.Attacker.Owner);
    }

    private static async Task SuspendAsync(Probe probe)
    {
        await probe.AsAdminAsync("update platform.tenants set status = 'suspended' where id = $1", probe.Victim.TenantId);
        await probe.ProtectAsync();
    }

    private static async Task<Outcome> PowerlessAsync(Probe probe) =>
        Expect(await probe.SendAsync(probe.Rightful(probe.Victim).As(probe.Victim.Powerless)), Forbidden);

    private static async Task<Outcome> NoStaffAsync(Probe probe)
    {
        var answer = await probe.SendAsync(probe.Rightful(probe.Victim).As(probe.Attacker.Owner));
        return answer.Status is Forbidden or NotFound ? new Outcome($"{answer.Status}") : Outcome.Leaked($"the platform serves a tenant's owner: {answer.Summary}");
    }

    private static Func<ApiOperation, bool> InTenantWithout(IReadOnlySet<string> exceptions) =>
        operation => operation.IsInTenant && !exceptions.Contains(operation.Id);

    private static bool IsList(ApiOperation operation) =>
        operation is { NeedsSession: true, IsInTenant: false, IsPlatform: false } && operation.Method == HttpMethod.Get && !operation.PathParameters.Any();

    private static Outcome Expect(ApiAnswer answer, int status) =>
        answer.Status == status ? new Outcome($"{status}") : Outcome.Leaked($"expected {status}, but the answer was {answer.Summary}");

    private static string Altered(string token) => (token[0] == 'A' ? 'B' : 'A') + token[1..];
}
