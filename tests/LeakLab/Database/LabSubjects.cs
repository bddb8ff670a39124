using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.LeakLab.Database;

/// <summary>An attacker, a victim, and a row of the victim in every guarded table.</summary>
public sealed class LabSubjects
{
    internal LabSubjects(Party attacker, Party victim, IReadOnlyList<Subject> all, IReadOnlyDictionary<GuardedTable, string>? absent = null) =>
        (Attacker, Victim, All, Absent) = (attacker, victim, all, absent ?? new Dictionary<GuardedTable, string>());

    public Party Attacker { get; }

    public Party Victim { get; }

    internal IReadOnlyList<Subject> All { get; }

    /// <summary>Guarded tables without a subject, and why.</summary>
    internal IReadOnlyDictionary<GuardedTable, string> Absent { get; }

    /// <summary>Makes two tenants and the victim's rows.</summary>
    /// <param name="owner">A connection string that policies do not bind.</param>
    public static async Task<LabSubjects> SeedAsync(AppAccess app, string owner, CancellationToken cancellationToken)
    {
        var (victim, attacker) = (await app.CreateTenantAsync(cancellationToken), await app.CreateTenantAsync(cancellationToken));
        var (theirs, mine) = (new Party(victim.Id, victim.OwnerId), new Party(attacker.Id, attacker.OwnerId));
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var seeder = new SubjectSeeder(connection, theirs, mine);
        var subjects = new List<Subject>();

        foreach (var table in GuardedTable.All)
            subjects.Add(await seeder.SeedAsync(table, cancellationToken));

        return new LabSubjects(mine, theirs, subjects);
    }
}

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

internal static class RowReader
{
    /// <summary>A row with all its columns that are not null, or null if none is to be seen.</summary>
    public static async Task<Row?> ReadAsync(NpgsqlConnection connection, GuardedTable guarded, string condition, CancellationToken cancellationToken)
    {
        var columns = guarded.Table.Columns.Where(column => column.ComputedColumnSql is null).Select(column => column.Name).ToList();
        await using var command = new NpgsqlCommand(
            $"select {string.Join(", ", columns.Select(column => $"{column}::text"))} from {guarded.Name} where {condition} limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        if (!await reader.ReadAsync(cancellationToken))
            return null;

        var present = Enumerable.Range(0, columns.Count).Where(i => !reader.IsDBNull(i));
        return new Row(guarded.Table, present.ToDictionary(i => columns[i], reader.GetString));
    }
}
