using Microsoft.Extensions.Options;
using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Lint;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Verbs.Apply;

/// <summary>plan: what apply would do where, without doing it.</summary>
internal static class PlanVerb
{
    private const int NamesOfEach = 5;

    public static async Task<int> RunAsync(IServiceProvider services, bool sql, bool json, CancellationToken cancellationToken)
    {
        var steps = services.GetRequiredService<TenantPlaneSteps>();
        await using var installation = await Installation.ReadAsync(services.GetRequiredService<Roles>(), cancellationToken);
        var waves = await WavesAsync(services, installation, steps, cancellationToken);
        var quarantined = installation.Owner is { } owner ? await new PendingSchemas(steps).QuarantinedAsync(owner, cancellationToken) : [];
        var dangers = FindDangers(installation);
        var statements = sql ? PlannedSql.Of(installation, steps, waves.Count > 0) : null;

        if (json)
        {
            Json.Write(new
            {
                release = steps.Latest,
                platform = installation.Platform,
                pooled = installation.Pooled,
                waves,
                quarantined = quarantined.Select(schema => schema.Schema),
                dangers = dangers.Select(finding => finding.ToString()),
                sql = statements,
            });
            return ApplyOutcome.Success;
        }

        Print(installation, steps, waves, quarantined);
        Console.Write(string.Concat(dangers.Select(finding => $"danger         {finding}\n")));

        foreach (var (where, text) in statements ?? [])
        {
            Console.WriteLine($"\n-- {where}\n{text}");
        }

        return ApplyOutcome.Success;
    }

    // Of migrations that are still to come; a schema that is further behind than pooled has their dangers behind it elsewhere.
    private static List<LintFinding> FindDangers(Installation installation)
    {
        using var platform = new PlatformDesignTimeFactory().CreateDbContext([]);
        using var tenant = new TenantDesignTimeFactory().CreateDbContext([]);
        var found = MigrationLint.Judge(LintedMigration.Of(platform)).Concat(MigrationLint.Judge(LintedMigration.Of(tenant)));
        return [.. found.Where(finding => installation.Platform.Contains(finding.Migration) || installation.Pooled.Contains(finding.Migration))];
    }

    private static async Task<IReadOnlyList<PlannedWave>> WavesAsync(
        IServiceProvider services, Installation installation, TenantPlaneSteps steps, CancellationToken cancellationToken)
    {
        if (installation.Owner is not { } owner)
        {
            return [];
        }

        var state = await new PendingSchemas(steps).CountAsync(owner, cancellationToken);
        state.Require();
        var plan = new WavePlan(steps, services.GetRequiredService<IOptions<ApplyOptions>>().Value);
        return await plan.PreviewAsync(owner, state.Pending, NamesOfEach, cancellationToken);
    }

    private static void Print(
        Installation installation, TenantPlaneSteps steps, IReadOnlyList<PlannedWave> waves, IReadOnlyList<Quarantined> quarantined)
    {
        Console.WriteLine($"control plane  {Describe(installation.Platform)}");
        Console.WriteLine($"pooled         {Describe(installation.Pooled)}");

        foreach (var wave in waves)
        {
            var further = wave.Schemas > wave.First.Count ? ", ..." : "";
            Console.WriteLine($"{(wave.Wave == 0 ? "canaries" : $"wave {wave.Wave}"),-15}{wave.Schemas} schema(s): {string.Join(", ", wave.First)}{further}");
        }

        if (waves.Count == 0)
        {
            Console.WriteLine("own schemas    nothing to do");
        }

        if (quarantined.Count > 0)
        {
            Console.WriteLine($"quarantine     {quarantined.Count} schema(s) are left alone; 'apply --retry' tries them again");
        }

        Console.WriteLine($"Afterwards every schema of the tenant plane has {steps.Latest}. Functions, grants and reference data are renewed by every run.");
    }

    private static string Describe(IReadOnlyList<string> migrations) =>
        migrations.Count == 0 ? "nothing to do" : $"{migrations.Count} migration(s): {string.Join(", ", migrations)}";
}
