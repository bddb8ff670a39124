namespace TenantPlatform.LeakLab.Http;

/// <summary>Headers that some proxy or framework believes: here they must have no effect. And what caches may keep.</summary>
internal static class HeaderAttacks
{
    private const int Unauthorized = 401;
    private const int NotFound = 404;

    public static readonly Attack[] All =
    [
        Attack.Once("tenant in a header", "headers", Serves, probe => WithoutEffectAsync(probe, request => Named(
            request, probe.Victim.TenantId.ToString(), "X-Tenant", "X-Tenant-Id", "Tenant", "Tenant-Id", "X-Organization", "X-Org-Id", "__tenant"))),
        Attack.Once("user in a header", "headers", Serves, probe => WithoutEffectAsync(probe, request => Named(
            request, probe.Victim.Owner.UserId.ToString(), "X-User", "X-User-Id", "X-Forwarded-User", "X-Impersonate", "X-Remote-User"))),
        Attack.Once("another path in a header", "headers", Serves, probe => WithoutEffectAsync(probe, request => Named(
            request, probe.Rightful(probe.Victim).Address, "X-Original-URL", "X-Rewrite-URL", "X-Original-URI", "X-Forwarded-Path", "X-Forwarded-Uri"))),
        Attack.Once("own path in a header, another tenant's in the line", "headers", operation => operation.IsInTenant, PathInLineAsync),
        Attack.Once("another method in a header", "headers", Serves, MethodAsync),
        Attack.Once("answer that a cache may keep", "headers", _ => true, NoStoreAsync),
        Attack.Once("refusal that a cache may keep", "headers", operation => operation.NeedsSession, RefusalNoStoreAsync),
        Attack.Once("answer to another, asked again", "cache", operation => operation.NeedsSession, AskedAgainAsync),
        Attack.Once("answer to another, asked again without a token", "cache", operation => operation.NeedsSession, AskedAgainByNobodyAsync),
    ];

    private static bool Serves(ApiOperation operation) => operation is { NeedsSession: true, IsPlatform: false };

    private static ApiRequest Named(ApiRequest request, string value, params string[] names) =>
        names.Aggregate(request, (named, name) => named.WithHeader(name, value));

    // Fresh rows each time would differ in their ids: a success of one's own without marks of the victim's is the same answer.
    private static async Task<Outcome> WithoutEffectAsync(Probe probe, Func<ApiRequest, ApiRequest> change)
    {
        var answer = await probe.SendAsync(change(probe.Rightful(probe.Attacker)));
        return answer.IsSuccess ? new Outcome($"{answer.Status} of one's own") : Outcome.Leaked($"the header has an effect: {answer.Summary}");
    }

    private static Task<Outcome> PathInLineAsync(Probe probe)
    {
        var request = Named(
            probe.Rightful(probe.Victim).As(probe.Attacker.Owner), probe.Rightful(probe.Attacker).Address, "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Path");
        return probe.RefusedAlikeAsync(
            request.WithPath("tenant", probe.Victim.Key), request.WithPath("tenant", PathAttacks.NameOfNothing("key")), NotFound);
    }

    private static async Task<Outcome> MethodAsync(Probe probe)
    {
        var before = await probe.SnapshotAsync(probe.Attacker);
        var isRead = probe.Operation.Method == HttpMethod.Get;
        var outcome = await WithoutEffectAsync(probe, request => Named(
            request, isRead ? "DELETE" : "GET", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override").WithQuery("_method", isRead ? "DELETE" : "GET"));

        return outcome.Leak is null && isRead && before.DifferenceFrom(await probe.SnapshotAsync(probe.Attacker)) is { } change
            ? Outcome.Leaked($"a read with another method in its headers writes, {change}")
            : outcome;
    }

    // The platform's staff may see the victim's rows.
    private static async Task<Outcome> NoStoreAsync(Probe probe) => NoStore(probe.Operation.IsPlatform
        ? await probe.SendAsEntitledAsync(probe.Rightful(probe.Attacker))
        : await probe.SendAsync(probe.Rightful(probe.Attacker)));

    private static async Task<Outcome> RefusalNoStoreAsync(Probe probe) =>
        NoStore(await probe.SendAsync(probe.Rightful(probe.Attacker) with { Authorization = null }));

    private static Outcome NoStore(ApiAnswer answer) => answer.HasHeader("Cache-Control", "private", "no-store")
        ? new Outcome("private, no-store")
        : Outcome.Leaked($"the answer has no Cache-Control: private, no-store: {answer.Status} {string.Join("; ", answer.Headers)}");

    private static async Task<Outcome> AskedAgainAsync(Probe probe)
    {
        var request = await ServedToVictimAsync(probe);

        if (probe.Operation.IsInTenant)
        {
            var attack = request.As(probe.Attacker.Owner);
            return await probe.RefusedAlikeAsync(
                attack.WithPath("tenant", probe.Victim.Key), attack.WithPath("tenant", PathAttacks.NameOfNothing("key")), NotFound);
        }

        var caller = probe.Operation.IsPlatform ? probe.Attacker.Owner : Recipes.Caller(probe.Operation, probe.Attacker);
        return new Outcome($"{(await probe.SendAsync(request.As(caller))).Status} without the other's");
    }

    private static async Task<Outcome> AskedAgainByNobodyAsync(Probe probe)
    {
        var answer = await probe.SendAsync(await ServedToVictimAsync(probe) with { Authorization = null });
        return answer.Status == Unauthorized ? new Outcome("401") : Outcome.Leaked($"expected 401, but the answer was {answer.Summary}");
    }

    private static async Task<ApiRequest> ServedToVictimAsync(Probe probe)
    {
        var request = probe.Rightful(probe.Victim);
        await probe.SendAsEntitledAsync(request);
        await probe.ProtectAsync();
        return request;
    }
}
