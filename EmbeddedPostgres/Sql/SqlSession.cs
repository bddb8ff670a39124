using Npgsql;

namespace TenantPlatform.EmbeddedPostgres.Sql;

/// <summary>Reads statements, runs them, prints their rows; an error does not end it.</summary>
internal sealed class SqlSession(NpgsqlConnection connection, TextReader input, TextWriter output, TextWriter errors)
{
    /// <summary>Returns 1 when the last statement failed, else 0.</summary>
    public async Task<int> RunAsync(bool interactive)
    {
        var buffer = new StatementBuffer();
        var succeeded = true;
        while (true)
        {
            if (interactive)
                await output.WriteAsync(buffer.IsEmpty ? $"{connection.Database}=> " : $"{connection.Database}-> ");
            if (await input.ReadLineAsync() is not { } line || (buffer.IsEmpty && line.Trim() == @"\q"))
                break;
            foreach (var statement in buffer.Add(line))
                succeeded = await ExecuteAsync(statement);
        }
        if (!buffer.IsEmpty)
            succeeded = await ExecuteAsync(buffer.Rest());
        return succeeded ? 0 : 1;
    }

    public async Task<bool> ExecuteAsync(string statement)
    {
        try
        {
            await using var command = new NpgsqlCommand(statement, connection) { AllResultTypesAreUnknown = true };
            await using var reader = await command.ExecuteReaderAsync();
            do
            {
                if (reader.FieldCount > 0)
                    await ResultTable.WriteAsync(reader, output);
            }
            while (await reader.NextResultAsync());
            if (reader.RecordsAffected >= 0)
                await output.WriteLineAsync($"{reader.RecordsAffected} rows affected");
            return true;
        }
        catch (PostgresException e)
        {
            await errors.WriteLineAsync($"{e.Severity} {e.SqlState}: {e.MessageText}");
            foreach (var more in new[] { e.Detail, e.Hint }.Where(text => text is not null))
                await errors.WriteLineAsync($"  {more}");
            return false;
        }
    }
}
