using System.Collections.Concurrent;
using Npgsql;

namespace TenantPlatform.LeakLab.Http;

/// <summary>
/// Attacks every operation of a running API's OpenAPI document in every way that makes sense for it. Only a scratch database
/// may be behind the API: each cell adds tenants of its own to it.
/// </summary>
public static class HttpLab
{
    /// <summary>The attack that is none: it must succeed, or else no refusal proves anything.</summary>
    public const string RightfulCaller = "rightful caller";

    private const int Parallelism = 4;

    /// <param name="api">Where the API listens, with rate limits out of the way.</param>
    /// <param name="admin">The API's database as a role that no policy binds.</param>
    /// <param name="only">Leaves other cells out; all of them run when null.</param>
    public static async Task<LabReport> RunAsync(
        Uri api, NpgsqlDataSource admin, Func<Cell, bool>? only = null, CancellationToken cancellationToken = default)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = api };
        var lab = await Laboratory.OpenAsync(client, admin, cancellationToken);
        var plans = PlansOf(lab.Document, only ?? (_ => true));
        var report = new LabReport("Leak lab, HTTP", [.. plans.Select(plan => plan.Cell)]);
        var refused = new ConcurrentBag<ApiOperation>();

        await EachAsync(plans.Where(plan => plan.Attack is null), async (plan, cancel) =>
        {
            var failure = await RefusalOfRightfulCallerAsync(lab, plan.Operation, cancel);
            report.Judge(plan.Cell, failure is null ? new Verdict.Held("2xx, as it should") : new Verdict.Leaked(failure));

            if (failure is not null)
                refused.Add(plan.Operation);
        }, cancellationToken);

        await EachAsync(plans.Where(plan => plan.Attack is not null), async (plan, cancel) => report.Judge(plan.Cell, refused.Contains(plan.Operation)
            ? new Verdict.NotRun("The rightful caller is refused, so that a refusal of others would prove nothing.")
            : await (await lab.OpenProbeAsync(plan.Operation, cancel)).JudgeAsync(plan.Attack!, plan.Cell.Action)), cancellationToken);

        return report;
    }

    // Every operation that is attacked at all is first called as it should be.
    private static List<Plan> PlansOf(ApiDocument document, Func<Cell, bool> only)
    {
        Attack[] attacks = [.. PathAttacks.All, .. CallerAttacks.All, .. ValueAttacks.All(document), .. HeaderAttacks.All];
        var plans = from operation in document.Operations
                    from plan in (from attack in attacks
                                  from place in attack.Places(operation)
                                  select new Plan(new Cell(operation.Name, place, attack.Name), operation, attack))
                        .Prepend(new Plan(new Cell(operation.Name, "call", RightfulCaller), operation, null))
                    select plan;

        return [.. from operation in plans.GroupBy(plan => plan.Operation)
                   where operation.Any(plan => only(plan.Cell))
                   from plan in operation
                   where plan.Attack is null || only(plan.Cell)
                   select plan];
    }

    private static Task EachAsync(IEnumerable<Plan> plans, Func<Plan, CancellationToken, Task> run, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            plans, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (plan, cancel) => await run(plan, cancel));

    // Without a caller who succeeds, every refusal could have another reason than isolation.
    private static async Task<string?> RefusalOfRightfulCallerAsync(Laboratory lab, ApiOperation operation, CancellationToken cancellationToken)
    {
        var probe = await lab.OpenProbeAsync(operation, cancellationToken);
        try
        {
            var answer = await probe.SendAsync(probe.Rightful(probe.Attacker));
            return answer.IsSuccess ? null : $"no valid request is known, so no attack proves anything: add a recipe to {Recipes.File}. The answer was {answer.Summary}";
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    /// <param name="Attack">Null for the call of the rightful caller.</param>
    private sealed record Plan(Cell Cell, ApiOperation Operation, Attack? Attack);
}
