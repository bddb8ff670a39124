using System.Diagnostics;

namespace TenantPlatform.Bench.Servers;

/// <summary>The real migration worker, as deployments run it.</summary>
internal static class WorkerRun
{
    /// <param name="arguments">A verb with its options; none migrates.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="BenchException">It failed; the message has what it wrote.</exception>
    public static async Task<string> RunAsync(
        Repository repository, BenchDatabase database, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        return await RunAsync(StartInfo(repository, database, arguments), cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(Repository, BenchDatabase, CancellationToken, IEnumerable{string})"/>
    public static async Task<string> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);

        return process.ExitCode == 0
            ? await output
            : throw new BenchException($"The migration worker ended with exit code {process.ExitCode}:\n{await output}{await errors}");
    }

    public static ProcessStartInfo StartInfo(Repository repository, BenchDatabase database, IEnumerable<string> arguments) =>
        StartInfo(repository.Program("MigrationWorker", "MigrationWorker"), database, arguments);

    /// <param name="program">The worker of another release.</param>
    public static ProcessStartInfo StartInfo(string program, BenchDatabase database, IEnumerable<string> arguments) =>
        new("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ConnectionStrings__tenantplatform-admin"] = database.Admin,
                ["Database__OwnerPassword"] = database.Server.OwnerPassword,
                ["Database__AppPassword"] = database.Server.AppPassword,
                ["Tenancy__SigningKey"] = database.Server.SigningKey,
            },
        };
}
