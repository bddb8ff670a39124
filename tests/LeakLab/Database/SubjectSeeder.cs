using Npgsql;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.LeakLab.Database;

/// <summary>Makes a row of the victim in a table, and the values of another.</summary>
internal sealed class SubjectSeeder(NpgsqlConnection owner, Party victim, Party attacker)
{
    private readonly RowFactory rows = new(owner);

    public async Task<Subject> SeedAsync(GuardedTable guarded, CancellationToken cancellationToken)
    {
        // The fresh row first: of some tables a tenant has one row at most.
        var fresh = await InsertAsync(guarded, cancellationToken);
        await using (var delete = new NpgsqlCommand($"delete from {guarded.Name} where {fresh.Condition}", owner))
            await delete.ExecuteNonQueryAsync(cancellationToken);

        var theirs = guarded.EntityType == typeof(Data.Tenancy.Tenant)
            ? await RowReader.ReadAsync(owner, guarded, $"id = '{victim.TenantId}'", cancellationToken)
            : await InsertAsync(guarded, cancellationToken);

        if (!guarded.Table.PrimaryKey!.Columns.Any(column => column.Name == guarded.Owner))
            fresh.Values[guarded.Owner] = theirs!.Values[guarded.Owner];

        return new Subject(guarded, victim, attacker, theirs!, fresh);
    }

    private async Task<Row> InsertAsync(GuardedTable guarded, CancellationToken cancellationToken)
    {
        var made = await rows.InsertAsync(guarded.Table, victim.TenantId, cancellationToken: cancellationToken);
        return (await RowReader.ReadAsync(owner, guarded, made.Condition, cancellationToken))!;
    }
}
