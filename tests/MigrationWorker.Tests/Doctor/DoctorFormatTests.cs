using System.Text.Json;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.MigrationWorker.Tests.Doctor;

[Collection(DoctorDatabase.Collection)]
public sealed class DoctorFormatTests(DoctorDatabase databases)
{
    [Fact]
    public async Task Json_names_severity_object_problem_and_remedy_of_each_finding()
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Ill, "--json");
        using var json = JsonDocument.Parse(output);
        var finding = json.RootElement.GetProperty("findings")[0];

        Assert.Equal(1, exitCode);
        Assert.Equal((1, 1, 1), (Count("errors"), Count("warnings"), Count("notes")));
        Assert.Equal(("rls-not-forced", "error", "pooled.todos"), (Text("id"), Text("severity"), Text("object")));
        Assert.Equal("alter table pooled.todos force row level security", Text("remedy"));
        Assert.NotEqual("", Text("problem"));
        string? Text(string name) => finding.GetProperty(name).GetString();
        int Count(string name) => json.RootElement.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Sarif_has_what_its_standard_requires_and_every_rule()
    {
        var (_, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Ill, "--sarif");
        using var sarif = JsonDocument.Parse(output);
        var run = sarif.RootElement.GetProperty("runs")[0];
        var driver = run.GetProperty("tool").GetProperty("driver");

        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", sarif.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", driver.GetProperty("name").GetString());
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(PostureRules.All.Select(rule => rule.Id), driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Results_in_sarif_point_at_their_rule_and_object()
    {
        var (_, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Ill, "--sarif");
        using var sarif = JsonDocument.Parse(output);
        var run = sarif.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");

        Assert.Equal(["error", "warning", "note"], run.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("level").GetString()));
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
        {
            var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            var location = result.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString()!;
            Assert.Equal(rule.GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            Assert.StartsWith(location, result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_clean_run_in_sarif_has_results_but_none_of_them()
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Healthy, "--sarif");
        using var sarif = JsonDocument.Parse(output);

        Assert.Equal(0, exitCode);
        Assert.Equal(0, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task A_file_gets_the_report_and_the_output_its_last_line()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "posture.sarif");

        var (exitCode, output) = await DoctorDatabase.ExamineAsAdministratorAsync(databases.Ill, "--sarif", "--output", file);
        using var sarif = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancel));
        folder.Delete(recursive: true);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Wrote {file}: 1 error, 1 warning, 1 note: ", output, StringComparison.Ordinal);
        Assert.Equal(3, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_a_sentence_and_ends_with_1()
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Healthy, "--json", "--output", "no-such-folder/posture.json");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("The report cannot be written (", output, StringComparison.Ordinal);
    }
}
