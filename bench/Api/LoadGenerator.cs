namespace TenantPlatform.Bench.Api;

/// <summary>Asks a server for the same thing over and over, as many users, each connection as fast as it is answered.</summary>
internal abstract class LoadGenerator
{
    public abstract string Name { get; }

    public static LoadGenerator Find(IEnumerable<Seat> callers) =>
        Wrk.IsInstalled ? new Wrk([.. callers]) : new HttpLoad([.. callers]);

    public abstract Task<LoadResult> RunAsync(Uri server, Operation operation, int connections, TimeSpan duration, CancellationToken cancellationToken);
}
