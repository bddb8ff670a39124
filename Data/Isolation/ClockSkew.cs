using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace TenantPlatform.Data.Isolation;

/// <summary>
/// Compares our clock with the database's. Contexts carry their end by our clock and are judged by the database's: behind,
/// they have less time than configured; ahead, whoever gets hold of one can use it for longer.
/// </summary>
public sealed class ClockSkew(IOptionsMonitor<TenancyOptions> options, TimeProvider time, ILogger<ClockSkew> logger)
{
    /// <summary>However long contexts live; tenancy.claim() refuses those that clocks further ahead could have signed.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    private bool warned;

    /// <summary>Half the lifetime of a context, so that the other half is left for the work, and 5 minutes at most.</summary>
    public TimeSpan Bound
    {
        get
        {
            var half = TimeSpan.FromSeconds(options.CurrentValue.ContextLifetimeSeconds) / 2;
            return half < Most ? half : Most;
        }
    }

    /// <summary>One short query. From half the bound on there is a warning in the log, once until the clocks agree again.</summary>
    /// <exception cref="InvalidOperationException">The clocks differ by more than <see cref="Bound"/>; the message names both times.</exception>
    public async Task RequireAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand("select clock_timestamp()", connection);
        var before = time.GetUtcNow();
        var database = new DateTimeOffset((DateTime)(await query.ExecuteScalarAsync(cancellationToken))!);
        var after = time.GetUtcNow();

        // The database read its clock somewhere between our two readings: only what lies outside is a difference.
        var skew = database < before ? before - database : database > after ? database - after : TimeSpan.Zero;
        var both = $"the clock of this service says {after:u} and that of the database {database:u}";

        if (skew > Bound)
        {
            throw new InvalidOperationException(
                $"The clocks differ by {skew.TotalSeconds:0.0} seconds, {Bound.TotalSeconds:0.0} are tolerated: {both}. Synchronise both with the same time servers.");
        }

        if (skew > Bound / 2 && !warned)
        {
            logger.LogWarning("The clocks drift apart: {Clocks}, and more than {Bound} seconds are not tolerated", both, Bound.TotalSeconds);
        }

        warned = skew > Bound / 2;
    }
}
