using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Doctor;

[Collection(DoctorDatabase.Collection)]
public sealed class DoctorVerbTests(DoctorDatabase databases)
{
    [Fact]
    public async Task A_healthy_database_ends_with_0_for_the_api()
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Healthy);

        Assert.Equal(0, exitCode);
        Assert.StartsWith($"No findings: {PostureRules.All.Count} rules, database healthy on 127.0.0.1:", output, StringComparison.Ordinal);
        Assert.Contains(" as tp_app, PostgreSQL ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_healthy_database_ends_with_0_for_the_administrator()
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsAdministratorAsync(databases.Healthy);

        Assert.Equal(0, exitCode);
        Assert.StartsWith($"No findings: {PostureRules.Common.Count} rules, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_ends_with_1_and_stands_in_a_table_with_counts_below()
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Ill);
        var lines = output.TrimEnd().Split('\n');

        Assert.Equal(1, exitCode);
        Assert.Equal(["SEVERITY", "error", "warning", "note", "1"], lines.Select(line => line.Split(' ')[0]));
        Assert.Matches("^error     rls-not-forced   pooled.todos    .*: alter table pooled.todos force row level security$", lines[1]);
        Assert.StartsWith("1 error, 1 warning, 1 note: ", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task Warnings_alone_end_with_0()
    {
        await databases.Healthy.Admin.ExecuteAsync("create publication todos for table pooled.todos");

        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Healthy);
        await databases.Healthy.Admin.ExecuteAsync("drop publication todos");

        Assert.Equal(0, exitCode);
        Assert.Contains("0 errors, 1 warning, 0 notes: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serving_as_the_owner_is_an_error()
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Healthy with { App = databases.Healthy.Owner });

        Assert.Equal(1, exitCode);
        Assert.Contains("serving-role-owns ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=tp_app", "Failed to connect to 127.0.0.1:1")]
    [InlineData("Hosst=127.0.0.1", "hosst")]
    public async Task A_server_that_does_not_answer_is_a_sentence_and_ends_with_1(string access, string reason)
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Healthy with { App = access });

        Assert.Equal(1, exitCode);
        Assert.Matches($"^The database cannot be examined \\(.*{reason}.*\\): start it, or correct the connection string.$", output.TrimEnd());
    }

    [Theory]
    [InlineData("--jsn")]
    [InlineData("--json", "--sarif")]
    [InlineData("--output")]
    [InlineData("--output", "--json")]
    public async Task Misuse_ends_with_2_and_shows_the_usage(params string[] options)
    {
        var (exitCode, output) = await DoctorDatabase.ExamineAsApiAsync(databases.Healthy, options);

        Assert.Equal(2, exitCode);
        Assert.Contains("doctor [--sample <n>] [--json | --sarif] [--output <file>]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_string_it_says_what_to_set()
    {
        var (exitCode, output) = await WorkerProcess.RunAsync(new WorkerSettings { Arguments = ["doctor"] }, Cancel);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("Nothing to examine: set ConnectionStrings:tenantplatform,", output, StringComparison.Ordinal);
    }
}
