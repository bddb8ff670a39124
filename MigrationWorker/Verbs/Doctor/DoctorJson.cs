using System.Text.Encodings.Web;
using System.Text.Json;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.MigrationWorker.Verbs.Doctor;

/// <summary>For scripts.</summary>
internal static class DoctorJson
{
    // A file and no web page: quotation marks in sentences stay readable.
    internal static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(DoctorReport report) => JsonSerializer.Serialize(
        new
        {
            server = report.Server,
            version = $"{report.Version.Major}.{report.Version.Minor}",
            database = report.Database,
            role = report.Role,
            rules = report.Rules.Count,
            dedicated = new { schemas = report.Posture.Dedicated, examined = report.Posture.Examined },
            errors = report.Count(PostureSeverity.Error),
            warnings = report.Count(PostureSeverity.Warning),
            notes = report.Count(PostureSeverity.Note),
            findings = report.Findings.Select(finding => new
            {
                id = finding.Id,
                severity = finding.Severity.ToString().ToLowerInvariant(),
                @object = finding.Subject,
                problem = finding.Problem,
                remedy = finding.Remedy,
            }),
        },
        Options);
}
