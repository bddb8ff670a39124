using System.Globalization;
using Npgsql;
using TenantPlatform.MigrationWorker.Apply;

namespace TenantPlatform.MigrationWorker.Verbs.Apply;

/// <summary>apply and the verbs around it: what it would do, what is left, where each tenant is.</summary>
internal static class ApplyVerbs
{
    // Standard output is the verb's alone: a document that programs read, or a file.
    private static readonly string[] LogsAside = ["--Logging:Console:LogToStandardErrorThreshold=Trace"];
    private static readonly string[] Quiet = ["--Logging:LogLevel:Default=Warning", .. LogsAside];

    private delegate Task<int> Verb(IServiceProvider services, CancellationToken cancellationToken);

    /// <param name="configure">Replaces services, for a worker that is not quite this one.</param>
    public static Task<int> RunAsync(string[] arguments, Action<IServiceCollection>? configure = null)
    {
        if (arguments is ["script", .. var script])
        {
            return Task.FromResult(ScriptVerb.Run(script));
        }

        var json = arguments.Contains("--json");
        var verb = Find([.. arguments.Where(argument => argument != "--json")], json);
        var settings = arguments is not ["apply", ..] ? Quiet : json ? LogsAside : [];
        return verb is null ? Task.FromResult(Usage.Refuse(arguments)) : Worker.RunAsync(settings, new(verb), configure);
    }

    // "The database is not ready" would be the wrong answer to a question about it.
    private static Verb Answer(Verb verb) => async (services, cancellationToken) =>
    {
        try
        {
            return await verb(services, cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ApplyOutcome.Failure;
        }
    };

    private static Verb? Find(string[] arguments, bool json) => arguments switch
    {
        ["apply", .. var options] when ApplyRequest.Parse(options, json) is { } request =>
            (services, cancellationToken) => ApplyVerb.RunAsync(services, request, cancellationToken),
        ["plan"] => Answer((services, cancellationToken) => PlanVerb.RunAsync(services, sql: false, json, cancellationToken)),
        ["plan", "--sql"] => Answer((services, cancellationToken) => PlanVerb.RunAsync(services, sql: true, json, cancellationToken)),
        ["list-pending"] => Answer((services, cancellationToken) => ListPendingVerb.RunAsync(services, json, cancellationToken)),
        ["status"] => Answer((services, cancellationToken) => StatusVerb.RunAsync(services, json, cancellationToken)),
        ["canary", [not '-', ..] tenant, "on" or "off"] =>
            Answer((services, cancellationToken) => CanaryVerb.RunAsync(services, tenant, arguments[^1] == "on", json, cancellationToken)),
        _ => null,
    };
}

/// <param name="Retry">Whether schemas in quarantine are tried again: that of the tenant, or all.</param>
internal sealed record ApplyRequest(int? Parallel, bool Retry, string? Tenant, bool Json)
{
    public static ApplyRequest? Parse(string[] options, bool json) => options switch
    {
        [] => new(null, false, null, json),
        ["--parallel", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parallel)
            && parallel is > 0 and <= 256 => Parse(rest, json) is { } request ? request with { Parallel = parallel } : null,
        ["--retry", [not '-', ..] tenant, .. var rest] => Parse(rest, json) is { } request ? request with { Retry = true, Tenant = tenant } : null,
        ["--retry", .. var rest] => Parse(rest, json) is { } request ? request with { Retry = true } : null,
        _ => null,
    };
}
