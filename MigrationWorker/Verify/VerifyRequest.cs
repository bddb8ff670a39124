using System.Globalization;

namespace TenantPlatform.MigrationWorker.Verify;

/// <param name="Sample">How many schemas of single tenants to compare, by chance; null for all.</param>
/// <param name="Tenant">Id, key or slug of the only tenant to look at.</param>
internal sealed record VerifyRequest(int? Sample, string? Tenant, bool Json)
{
    private const int UsualSample = 20;

    /// <returns>Null when the arguments make no sense.</returns>
    public static VerifyRequest? Parse(string[] options)
    {
        var json = options.Contains("--json");
        string[] others = [.. options.Where(option => option != "--json")];
        return others switch
        {
            [] => new(UsualSample, null, json),
            ["--all"] => new(null, null, json),
            ["--sample", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sample) => new(sample, null, json),
            ["--tenant", [not '-', ..] tenant] => new(null, tenant, json),
            _ => null,
        };
    }
}
