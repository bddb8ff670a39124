using System.Diagnostics;
using Npgsql;

namespace TenantPlatform.Data.Isolation;

/// <summary>
/// Connections keep prepared statements from one lease to the next, so injected SQL could put one of its own in the place of ours and
/// have the next tenant run it. PostgreSQL has no privilege for that, so the data source sends no statement that could: none that
/// prepares or discards, nor a DO block, which could put one together.
/// </summary>
internal static class StatementGuard
{
    private const string Spans = "Npgsql";

    private static readonly string[] Forbidden = ["prepare", "deallocate", "discard", "do"];

    // The driver asks its filters only while somebody listens to its spans. This listener wants none of them.
    private static readonly ActivityListener Listener = new()
    {
        ShouldListenTo = source => source.Name == Spans,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.None,
    };

    static StatementGuard() => ActivitySource.AddActivityListener(Listener);

    /// <summary>Every command and batch of the data source is held, whoever makes it. COPY is no command.</summary>
    public static NpgsqlDataSource Build(string connectionString)
    {
        NpgsqlDataSource? source = null;
        var builder = new NpgsqlDataSourceBuilder(connectionString).ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(command => Require(command.CommandText, source!))
            .ConfigureBatchFilter(batch => batch.BatchCommands.Cast<NpgsqlBatchCommand>().All(command => Require(command.CommandText, source!))));
        return source = builder.Build();
    }

    private static bool Require(string sql, NpgsqlDataSource source)
    {
        if (ForbiddenWord(sql) is not { } word)
        {
            return true;
        }

        // By now the driver takes statements for prepared that are never sent: nobody may get such a connection again.
        source.Clear();
        throw new NotSupportedException($"SQL that begins with {word} could reach the next tenant on this connection: do without.");
    }

    // What follows a semicolon in a text or a comment is taken for a statement too: too strict is safe.
    private static string? ForbiddenWord(ReadOnlySpan<char> sql)
    {
        for (var rest = sql; ; rest = rest[(rest.IndexOf(';') + 1)..])
        {
            var statement = WithoutBlanks(rest);

            foreach (var word in Forbidden)
            {
                if (statement.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    return word;
                }
            }

            if (!rest.Contains(';'))
            {
                return null;
            }
        }
    }

    private static ReadOnlySpan<char> WithoutBlanks(ReadOnlySpan<char> sql)
    {
        while (true)
        {
            sql = sql.TrimStart();

            if (sql.StartsWith("--"))
            {
                sql = sql.IndexOfAny('\r', '\n') is >= 0 and var end ? sql[end..] : [];
            }
            else if (sql.StartsWith("/*"))
            {
                sql = sql[LengthOfComment(sql)..];
            }
            else
            {
                return sql;
            }
        }
    }

    // PostgreSQL nests them.
    private static int LengthOfComment(ReadOnlySpan<char> sql)
    {
        var depth = 0;

        for (var i = 0; i + 1 < sql.Length; i++)
        {
            var change = sql[i..].StartsWith("/*") ? 1 : sql[i..].StartsWith("*/") ? -1 : 0;
            depth += change;
            i += Math.Abs(change);

            if (depth == 0)
            {
                return i + 1;
            }
        }

        return sql.Length;
    }
}
