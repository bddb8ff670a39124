using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.MigrationWorker.Verbs.Doctor;

/// <param name="Version">Of the server.</param>
/// <param name="Server">Host and port.</param>
/// <param name="Role">As whom it was asked.</param>
/// <param name="Rules">That were asked.</param>
internal sealed record DoctorReport(
    Version Version, string Server, string Database, string Role, IReadOnlyList<PostureRule> Rules, PostureReport Posture)
{
    public IReadOnlyList<PostureFinding> Findings => Posture.Findings;

    public string Summary => $"{(Findings.Count == 0 ? "no findings" : Counts)}: {Rules.Count} rules, "
        + $"database {Database} on {Server} as {Role}, PostgreSQL {Version.Major}.{Version.Minor}{Dedicated}.";

    private string Dedicated => Posture switch
    {
        { Dedicated: 0 } => "",
        { Examined: var examined, Dedicated: var all } when examined == all => $", with all schemas of single tenants ({all})",
        _ => $", with {Posture.Examined} of the {Posture.Dedicated} schemas of single tenants, by chance",
    };


    private string Counts =>
        $"{Plural(PostureSeverity.Error)}, {Plural(PostureSeverity.Warning)}, {Plural(PostureSeverity.Note)}";

    public int Count(PostureSeverity severity) => Findings.Count(finding => finding.Severity == severity);

    private string Plural(PostureSeverity severity) =>
        $"{Count(severity)} {severity.ToString().ToLowerInvariant()}{(Count(severity) == 1 ? "" : "s")}";
}
