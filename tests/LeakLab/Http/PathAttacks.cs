using System.Security.Cryptography;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.LeakLab.Http;

/// <summary>Somebody else's names in the path. All answers must be those for names of nothing.</summary>
internal static class PathAttacks
{
    private const int NotFound = 404;
    private const int NotAcceptable = 412;

    public static readonly Attack[] All =
    [
        new("another tenant by its name", operation => operation.IsInTenant ? ["id", "key", "slug"] : [], AnotherTenantAsync),
        new("another tenant's row", Rows, (probe, place) => AnotherRowAsync(probe, place)),
        new("another tenant's row with its ETag", operation => operation.TakesHeader("If-Match") ? Rows(operation) : [],
            (probe, place) => AnotherRowAsync(probe, place, ("If-Match", ETag(probe.Victim)))),
        new("another tenant's row, if it has changed", operation => operation.Method == HttpMethod.Get ? Rows(operation) : [],
            (probe, place) => AnotherRowAsync(probe, place, ("If-None-Match", ETag(probe.Victim)))),
        Attack.Once("another tenant's ETag", "If-Match", operation => operation.TakesHeader("If-Match"), AnotherETagAsync),
    ];

    /// <summary>A name of the same form that means nothing.</summary>
    public static string NameOfNothing(string form) => form switch
    {
        "id" => Guid.CreateVersion7().ToString(),
        "key" => TenantKey.Generate(),
        _ => $"tenant-{TenantKey.Generate()}",
    };

    public static string NameOf(Party party, string form) => form switch
    {
        "id" => party.TenantId.ToString(),
        "key" => party.Key,
        _ => party.Slug,
    };

    private static IEnumerable<string> Rows(ApiOperation operation) =>
        operation.IsPlatform ? [] : operation.RowParameters.Select(parameter => parameter.Name);

    // The rest of the request is the victim's own, so that nothing but the caller is wrong with it.
    private static Task<Outcome> AnotherTenantAsync(Probe probe, string form)
    {
        var attack = probe.Rightful(probe.Victim).As(probe.Attacker.Owner);
        return probe.RefusedAlikeAsync(
            attack.WithPath("tenant", NameOf(probe.Victim, form)), attack.WithPath("tenant", NameOfNothing(form)), NotFound);
    }

    private static Task<Outcome> AnotherRowAsync(Probe probe, string place, (string Name, string Value)? header = null)
    {
        var request = probe.Rightful(probe.Attacker);
        var parameter = probe.Operation.RowParameters.Single(parameter => parameter.Name == place);

        if (header is { } added)
            request = request.WithHeader(added.Name, added.Value);

        return probe.RefusedAlikeAsync(
            request.WithPath(place, probe.PathValue(parameter, probe.Victim)), request.WithPath(place, Nothing(probe, parameter)), NotFound);
    }

    private static async Task<Outcome> AnotherETagAsync(Probe probe)
    {
        var answer = await probe.SendAsync(probe.Rightful(probe.Attacker).WithHeader("If-Match", ETag(probe.Victim)));

        return answer.Status == NotAcceptable
            ? new Outcome("412")
            : Outcome.Leaked($"the version of another tenant's row matches one's own: {answer.Summary}");
    }

    private static string Nothing(Probe probe, ApiParameter parameter) => Guid.TryParse(probe.PathValue(parameter, probe.Victim), out _)
        ? Guid.CreateVersion7().ToString()
        : RandomNumberGenerator.GetHexString(probe.PathValue(parameter, probe.Victim).Length, lowercase: true);

    private static string ETag(Party party) => $"\"{party.Version}\"";
}
