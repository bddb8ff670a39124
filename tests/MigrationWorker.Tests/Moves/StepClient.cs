using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

/// <summary>
/// Works on a path of steps, whose positions are unique and which refer to one another: values change hands, and names come back
/// on new rows.
/// </summary>
internal sealed class StepClient(AppAccess app, TestTenant tenant, int seed)
{
    private const int Steps = 5;

    private readonly Random random = new(seed);
    private Guid path;

    /// <summary>Ids by position, as the last commit left them.</summary>
    public Guid[] Committed { get; private set; } = [];

    public int Units { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using var work = await UnitOfWork.BeginAsync(app, tenant);
            var steps = Committed.Length == 0 || random.Next(4) == 0 ? await ReplaceAsync(work) : await SwapAsync(work, [.. Committed]);
            await work.CommitAsync();
            (Committed, Units) = (steps, Units + 1);
        }
    }

    // The old path takes its steps along; the new one has its name, and its steps have their positions.
    private async Task<Guid[]> ReplaceAsync(UnitOfWork work)
    {
        await work.ExecuteAsync($"update onboarding_steps set prerequisite_id = null where tenant_id = '{tenant.Id}' and path_id = '{path}'");
        await work.ExecuteAsync($"delete from onboarding_paths where tenant_id = '{tenant.Id}' and id = '{path}'");
        path = Guid.NewGuid();
        await work.ExecuteAsync($"insert into onboarding_paths (tenant_id, id, name) values ('{tenant.Id}', '{path}', 'Path {seed}')");
        Guid[] steps = [.. Enumerable.Range(0, Steps).Select(_ => Guid.NewGuid())];

        for (var position = 0; position < Steps; position++)
        {
            var prerequisite = position > 0 ? $"'{steps[position - 1]}'" : "null";
            await work.ExecuteAsync($"""
                insert into onboarding_steps (tenant_id, id, path_id, position, title, type, prerequisite_id)
                values ('{tenant.Id}', '{steps[position]}', '{path}', {position + 1}, 'Step', 'task', {prerequisite})
                """);
        }

        return steps;
    }

    private async Task<Guid[]> SwapAsync(UnitOfWork work, Guid[] steps)
    {
        var (one, other) = (random.Next(Steps), random.Next(Steps));
        (steps[one], steps[other]) = (steps[other], steps[one]);
        await work.ExecuteAsync($"update onboarding_steps set position = 1000 where tenant_id = '{tenant.Id}' and id = '{steps[one]}'");
        await work.ExecuteAsync($"update onboarding_steps set position = {other + 1} where tenant_id = '{tenant.Id}' and id = '{steps[other]}'");
        await work.ExecuteAsync($"update onboarding_steps set position = {one + 1} where tenant_id = '{tenant.Id}' and id = '{steps[one]}'");
        return steps;
    }
}
