using Npgsql;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>
/// Takes over into schemas of single tenants what a release changed in pooled by its scripts alone: grants and statistics. One query
/// tells whether there are any; those that also lack a migration get all of it with that.
/// </summary>
internal static class SchemaRenewal
{
    /// <param name="owner">tp_owner's connection, without a transaction.</param>
    /// <param name="latest">The migration that a schema must have had to be renewed.</param>
    public static async Task<int> RunAsync(NpgsqlConnection owner, string latest, CancellationToken cancellationToken)
    {
        var renewed = 0;

        foreach (var (schema, tenantId) in await SchemaBuilder.FindUnlikePooledAsync(owner, latest, cancellationToken))
        {
            await using var transaction = await owner.BeginTransactionAsync(cancellationToken);

            if (await IsFreeAsync(owner, schema, cancellationToken))
            {
                await SchemaBuilder.FinishAsync(owner, schema, tenantId, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                renewed++;
            }
        }

        return renewed;
    }

    // Whoever works on it meanwhile makes it like pooled, too.
    private static async Task<bool> IsFreeAsync(NpgsqlConnection owner, string schema, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand("select true from platform.tenant_schemas where name = $1 for update skip locked", owner)
        {
            Parameters = { new() { Value = schema } },
        };
        return await query.ExecuteScalarAsync(cancellationToken) is true;
    }
}
