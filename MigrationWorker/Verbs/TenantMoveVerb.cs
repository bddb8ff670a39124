using Npgsql;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.MigrationWorker.Moves;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>tenant move: gives a tenant a schema of its own, or takes it back to where tenants live together, while it works.</summary>
internal static class TenantMoveVerb
{
    private delegate Task<IReadOnlyList<MoveReport>> Verb(TenantMover mover, Action<MoveProgress> watch, CancellationToken cancellationToken);

    public static Task<int> RunAsync(string[] arguments)
    {
        var json = arguments.Contains("--json");
        var verb = Parse([.. arguments.Where(argument => argument != "--json")]);
        return verb is null || arguments.Count(argument => argument == "--json") > 1
            ? Task.FromResult(Usage.Refuse(["tenant", "move", .. arguments]))
            : Worker.RunAsync(["--Logging:LogLevel:Default=Warning"], (services, cancellationToken) => RunAsync(services, verb, json, cancellationToken));
    }

    private static Verb? Parse(string[] arguments) => arguments switch
    {
        [[not '-', ..] tenant, "--to", TenantPlacement.Dedicated or TenantPlacement.Pooled, .. var rest] when rest is [] or ["--dry-run"] =>
            async (mover, watch, cancel) => [await mover.MoveAsync(tenant, arguments[2], rest is not [], watch, cancel)],
        [[not '-', ..] tenant, "--cancel"] => async (mover, _, cancel) => [await mover.CancelAsync(tenant, cancel)],
        ["--resume"] => (mover, watch, cancel) => mover.ResumeAsync(watch, cancel),
        _ => null,
    };

    private static async Task<int> RunAsync(IServiceProvider services, Verb verb, bool json, CancellationToken cancellationToken)
    {
        var writer = json ? Console.Error : Console.Out;
        try
        {
            var reports = await verb(services.GetRequiredService<TenantMover>(), new MoveProgressLines(writer, Console.IsOutputRedirected || json).Write, cancellationToken);
            Console.WriteLine(json ? MoveReportText.ToJson(reports) : MoveReportText.ToSentences(reports));
            return reports.Any(report => report.Outcome == MoveOutcome.Failed) ? 1 : 0;
        }
        catch (Exception e) when (e is MoveRefusedException or MoveDiffersException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (PostgresException e) when (e.SqlState
            is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn)
        {
            await Console.Error.WriteLineAsync($"This database is not migrated to this build ({e.MessageText}): run the worker without a verb first.");
            return 1;
        }
        catch (NpgsqlException e)
        {
            await Console.Error.WriteLineAsync($"The move stopped ({(e as PostgresException)?.MessageText ?? e.Message}): nothing is lost. Mend the cause and run the same command again, which goes on from there.");
            return 1;
        }
    }
}
