using System.Text.Json;
using System.Text.Json.Nodes;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.MigrationWorker.Verbs.Doctor;

/// <summary>For code scanners: SARIF 2.1.0 of OASIS, with every rule, so that a clean run says what it looked for.</summary>
internal static class DoctorSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public static string Render(DoctorReport report) => JsonSerializer.Serialize(
        new JsonObject
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject { ["driver"] = Driver(report.Rules) },
                ["invocations"] = new JsonArray(new JsonObject { ["executionSuccessful"] = true }),
                ["properties"] = new JsonObject { ["database"] = report.Database, ["server"] = report.Server, ["role"] = report.Role, ["dedicatedSchemas"] = report.Posture.Dedicated, ["examinedSchemas"] = report.Posture.Examined },
                ["results"] = new JsonArray([.. report.Findings.Select(finding => Result(finding, report.Rules))]),
            }),
        },
        DoctorJson.Options);

    private static JsonObject Driver(IEnumerable<PostureRule> rules) => new()
    {
        ["name"] = "TenantPlatform doctor",
        ["rules"] = new JsonArray([.. rules.Select(rule => new JsonObject
        {
            ["id"] = rule.Id,
            ["shortDescription"] = Message(rule.Meaning),
            ["help"] = Message(rule.RemedyFor("<object>")),
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.Severity) },
        })]),
    };

    private static JsonObject Result(PostureFinding finding, IEnumerable<PostureRule> rules) => new()
    {
        ["ruleId"] = finding.Id,
        ["ruleIndex"] = rules.Index().First(rule => rule.Item == finding.Rule).Index,
        ["level"] = Level(finding.Severity),
        ["message"] = Message($"{finding.Subject}: {finding.Problem}: {finding.Remedy}"),
        ["locations"] = new JsonArray(new JsonObject
        {
            ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = finding.Subject }),
        }),
        ["partialFingerprints"] = new JsonObject { ["ruleAndObject/v1"] = $"{finding.Id}:{finding.Subject}" },
    };

    private static JsonObject Message(string text) => new() { ["text"] = text };

    // Error, warning and note are SARIF's own words.
    private static string Level(PostureSeverity severity) => severity.ToString().ToLowerInvariant();
}
