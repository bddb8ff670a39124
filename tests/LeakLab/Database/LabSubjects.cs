using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Database;

/// <summary>An attacker, a victim, and a row of the victim in every guarded table.</summary>
public sealed class LabSubjects
{
    internal LabSubjects(Party attacker, Party victim, IReadOnlyList<Subject> all) => (Attacker, Victim, All) = (attacker, victim, all);

    public Party Attacker { get; }

    public Party Victim { get; }

    internal IReadOnlyList<Subject> All { get; }

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
