using Npgsql;

namespace TenantPlatform.LeakLab.Database;

/// <summary>How a transaction of the lab begins: with which context, and whether by the front door or by setting the variable oneself.</summary>
internal sealed record Entry(string? Context, bool ByHand = false)
{
    public static Entry None { get; } = new(null as string);

    public async Task EnterAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (Context is null)
            return;

        await using var enter = ByHand
            ? new NpgsqlCommand($"set local tenancy.context = '{Context.Replace("'", "''", StringComparison.Ordinal)}'", connection)
            : new NpgsqlCommand("call tenancy.enter($1)", connection) { Parameters = { new() { Value = Context } } };
        await enter.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Runs statements of the matrix on a plain connection, each in a transaction of its own.</summary>
/// <param name="keep">False to roll everything back.</param>
internal sealed class StatementRunner(bool keep)
{
    public static StatementRunner RollingBack { get; } = new(keep: false);

    public async Task<Outcome> RunAsync(
        NpgsqlConnection connection, Entry entry, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await entry.EnterAsync(connection, cancellationToken);
            var outcome = await ExecuteAsync(connection, subject, action, cancellationToken);
            await (keep && action != LabAction.Guess ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
            return outcome;
        }
        catch (PostgresException e)
        {
            return new Outcome(0, e);
        }
    }

    /// <summary>In the transaction that is open.</summary>
    public static async Task<Outcome> ExecuteAsync(
        NpgsqlConnection connection, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        var sql = action.Sql(subject);
        if (action.Kind == StatementKind.CopyOut)
            return await CopyOutAsync(connection, sql, subject, cancellationToken);
        if (action.Kind == StatementKind.CopyIn)
            return await CopyInAsync(connection, sql, subject, cancellationToken);

        await using var command = new NpgsqlCommand(sql, connection);
        return await ExecuteAsync(command, action, cancellationToken);
    }

    public static async Task<Outcome> ExecuteAsync(NpgsqlCommand command, LabAction action, CancellationToken cancellationToken)
    {
        if (action.Kind != StatementKind.Query)
        {
            var written = await command.ExecuteNonQueryAsync(cancellationToken);
            return new Outcome(action.Kind == StatementKind.Utility ? 1 : written);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = 0;
        while (await reader.ReadAsync(cancellationToken))
            rows++;

        return new Outcome(rows);
    }

    // A whole table comes out, so the victim's rows are those that carry its id.
    private static async Task<Outcome> CopyOutAsync(NpgsqlConnection connection, string sql, Subject subject, CancellationToken cancellationToken)
    {
        using var reader = await connection.BeginTextExportAsync(sql, cancellationToken);
        var rows = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            rows += line.Contains(subject.Theirs.Values[subject.Guarded.Owner], StringComparison.Ordinal) ? 1 : 0;

        return new Outcome(rows);
    }

    private static async Task<Outcome> CopyInAsync(NpgsqlConnection connection, string sql, Subject subject, CancellationToken cancellationToken)
    {
        var line = string.Join('\t', subject.Fresh.Values.Values.Select(Escape));
        await using (var writer = await connection.BeginTextImportAsync(sql, cancellationToken))
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);

        return new Outcome(1);
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
