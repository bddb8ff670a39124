using Npgsql;
using NpgsqlTypes;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>
/// Makes and removes schemas with the tables of the tenant plane. Connections are tp_owner's and in a transaction, which the caller
/// commits: until then nothing of it is to be seen, and when it is not committed nothing is left.
/// </summary>
internal sealed class SchemaBuilder(TenantPlaneSteps steps)
{
    private readonly Lazy<string> build = new(() => string.Join('\n', steps.Build()));

    /// <summary>With all migrations; afterwards search_path is that schema until the transaction ends.</summary>
    /// <param name="tenantId">Whose rows alone it may hold; null for a spare one.</param>
    public async Task BuildAsync(NpgsqlConnection owner, string schema, Guid? tenantId, CancellationToken cancellationToken)
    {
        await RunAsync(owner, $"create schema {Quote(schema)};\nset local search_path = {Quote(schema)};\n{build.Value}", cancellationToken);
        await FinishAsync(owner, schema, tenantId, cancellationToken);
    }

    /// <summary>One migration, in a schema that has had all before it.</summary>
    public static async Task ApplyAsync(
        NpgsqlConnection owner, string schema, Guid? tenantId, MigrationStep step, CancellationToken cancellationToken)
    {
        await RunAsync(owner, $"set local search_path = {Quote(schema)};\n{step.Script}", cancellationToken);
        await FinishAsync(owner, schema, tenantId, cancellationToken);
    }

    /// <summary>Gives a spare schema to a tenant. Its tables are empty, so that takes milliseconds.</summary>
    public static async Task AdoptAsync(NpgsqlConnection owner, string spare, string schema, Guid tenantId, CancellationToken cancellationToken)
    {
        await RunAsync(owner, $"alter schema {Quote(spare)} rename to {Quote(schema)};", cancellationToken);
        await FinishAsync(owner, schema, tenantId, cancellationToken);
    }

    /// <summary>
    /// Empties a schema and makes it a spare one, which the next tenant need not wait for.
    /// </summary>
    public static async Task RecycleAsync(NpgsqlConnection owner, string schema, string spare, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(SqlScript.Read("055-recycling"), owner)
        {
            Parameters = { new() { Value = schema }, new() { Value = spare } },
        };
        await RunAsync(owner, (string)(await query.ExecuteScalarAsync(cancellationToken))!, cancellationToken);
    }

    /// <summary>With all that is in it.</summary>
    public static Task DropAsync(NpgsqlConnection owner, string schema, CancellationToken cancellationToken) =>
        RunAsync(owner, $"drop schema if exists {Quote(schema)} cascade;", cancellationToken);

    /// <summary>Grants, statistics, the pin to the tenant: whatever pooled has and no migration brings.</summary>
    public static async Task FinishAsync(NpgsqlConnection owner, string schema, Guid? tenantId, CancellationToken cancellationToken)
    {
        var missing = await FindMissingAsync(owner, schema, tenantId, cancellationToken);

        if (missing.Count > 0)
        {
            await RunAsync(owner, string.Join('\n', missing), cancellationToken);
        }
    }

    /// <summary>The statements that make it like pooled; none where it is.</summary>
    public static async Task<IReadOnlyList<string>> FindMissingAsync(
        NpgsqlConnection owner, string schema, Guid? tenantId, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(SqlScript.Read("048-likeness-of-pooled") + SqlScript.Read("050-likeness"), owner)
        {
            Parameters = { new() { Value = schema }, new() { Value = (object?)tenantId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid } },
        };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var missing = new List<string>();

        while (await rows.ReadAsync(cancellationToken))
        {
            missing.Add(rows.GetString(0));
        }

        return missing;
    }

    /// <summary>Schemas that <see cref="FinishAsync"/> must come by again, because a release changed grants or statistics. One query, however many there are.</summary>
    /// <param name="latest">Those that have had this migration; others are finished with it.</param>
    public static async Task<IReadOnlyList<(string Schema, Guid? TenantId)>> FindUnlikePooledAsync(
        NpgsqlConnection owner, string latest, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(SqlScript.Read("048-likeness-of-pooled") + SqlScript.Read("052-unlike"), owner)
        {
            Parameters = { new() { Value = latest } },
        };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var schemas = new List<(string, Guid?)>();

        while (await rows.ReadAsync(cancellationToken))
        {
            schemas.Add((rows.GetString(0), await rows.IsDBNullAsync(1, cancellationToken) ? null : rows.GetGuid(1)));
        }

        return schemas;
    }

    private static async Task RunAsync(NpgsqlConnection owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quote(string identifier) => new NpgsqlCommandBuilder().QuoteIdentifier(identifier);
}
