using System.Text.Json;
using TenantPlatform.Fixtures;
using TenantPlatform.NextRelease;

namespace TenantPlatform.MigrationWorker.Tests.Apply;

/// <summary>plan, list-pending, status and canary: what they answer, and how they refuse.</summary>
[Collection(TenantSchemas.Collection)]
public sealed class QuestionTests(TenantSchemas schemas)
{
    [Fact]
    public async Task A_plan_names_waves_and_changes_nothing()
    {
        var database = await schemas.CopyAsync();

        using var plan = await AskAsync(database, 0, "plan", "--sql");

        Assert.Equal([1, 10, 5], plan.RootElement.GetProperty("waves").EnumerateArray().Select(wave => wave.GetProperty("schemas").GetInt32()));
        Assert.Equal(ApplyDatabase.Schema(0), plan.RootElement.GetProperty("waves")[0].GetProperty("first")[0].GetString());
        Assert.Contains(NextSteps.AddedColumn, plan.RootElement.GetProperty("sql").EnumerateObject().Single().Value.GetString(), StringComparison.Ordinal);
        Assert.Equal(0L, await database.CountAsync());
    }

    [Fact]
    public async Task A_plan_for_a_database_that_does_not_exist_names_every_migration()
    {
        var settings = schemas.Settings(schemas.Missing()) with { Arguments = ["plan", "--json"] };

        var result = await WorkerProcess.RunAsync(settings, Cancel);

        result.RequireSuccess();
        using var plan = JsonDocument.Parse(result.Output);
        Assert.True(plan.RootElement.GetProperty("platform").GetArrayLength() > 1);
    }

    [Fact]
    public async Task Pending_schemas_are_listed_with_what_they_need()
    {
        var database = await schemas.CopyAsync();

        using var list = await AskAsync(database, 0, "list-pending");

        Assert.Equal(TenantSchemas.Count, list.RootElement.GetProperty("schemas").GetArrayLength());
        var result = await WorkerProcess.RunAsync(database.Process(NextSteps.AddedColumn, "list-pending"), Cancel);
        Assert.Contains($"{ApplyDatabase.Schema(3)}  {NextSteps.Id}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_counts_and_names_what_is_in_quarantine()
    {
        var database = await schemas.CopyAsync();
        await database.ObstructAsync(6);
        await database.MigrateAsync(NextSteps.AddedColumn);

        using var status = await AskAsync(database, 3, "status");

        Assert.Equal((TenantSchemas.Count - 1, 0), (status.RootElement.GetProperty("ready").GetInt32(), status.RootElement.GetProperty("behind").GetInt32()));
        Assert.Equal("slug-6", status.RootElement.GetProperty("quarantined")[0].GetProperty("slug").GetString());
    }

    [Theory]
    [InlineData("slug-9")]
    [InlineData("tenant00009")]
    public async Task A_canary_is_named_by_slug_or_key(string name)
    {
        var database = await schemas.CopyAsync();

        (await WorkerProcess.RunAsync(database.Process(NextSteps.AddedColumn, "canary", name, "on"), Cancel)).RequireSuccess();

        using var plan = await AskAsync(database, 0, "plan");
        Assert.Equal(ApplyDatabase.Schema(9), plan.RootElement.GetProperty("waves")[0].GetProperty("first")[0].GetString());
    }

    [Theory]
    [InlineData(1, "There is no tenant with the id, key or slug 'nobody'", "canary", "nobody", "on")]
    [InlineData(1, "There is no tenant with the id, key or slug 'nobody'", "apply", "--retry", "nobody")]
    [InlineData(1, "has no schema in quarantine", "apply", "--retry", "slug-1")]
    [InlineData(2, "The worker does not know 'canary slug-1 perhaps'", "canary", "slug-1", "perhaps")]
    [InlineData(2, "The worker does not know 'apply --parallel many'", "apply", "--parallel", "many")]
    public async Task What_cannot_be_done_is_said_in_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        var result = await WorkerProcess.RunAsync(schemas.Settings(schemas.Shared) with { Arguments = arguments }, Cancel);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(sentence, result.Output, StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> AskAsync(ApplyDatabase database, int exitCode, params string[] arguments)
    {
        var result = await WorkerProcess.RunAsync(database.Process(NextSteps.AddedColumn, [.. arguments, "--json"]), Cancel);
        Assert.True(exitCode == result.ExitCode, result.Output);
        return JsonDocument.Parse(result.Output);
    }
}
