using System.Security.Cryptography;
using Npgsql;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.LeakLab.Database.ReadOnly;

/// <summary>Finds rows of the victim in a deployment, with the victim's own contexts. Only keys are read.</summary>
internal sealed class DeploymentSubjects(NpgsqlDataSource app, ContextMint? mint)
{
    public async Task<LabSubjects> FindAsync(Party attacker, Guid victimTenant, CancellationToken cancellationToken)
    {
        var victim = new Party(victimTenant, await FindMemberAsync(victimTenant, attacker.UserId, cancellationToken) ?? Guid.NewGuid());
        var subjects = new List<Subject>();

        foreach (var table in GuardedTable.All)
            subjects.Add(await FindAsync(table, victim, attacker, cancellationToken));

        return new LabSubjects(attacker, victim, subjects);
    }

    private async Task<Subject> FindAsync(GuardedTable table, Party victim, Party attacker, CancellationToken cancellationToken)
    {
        var invented = Invent(table, victim);
        var subject = new Subject(table, victim, attacker, invented, Invent(table, victim));
        var found = await FindRowAsync(subject, cancellationToken);
        return subject with { Theirs = found.Row ?? invented, HasRow = found.Row is not null || found.IsDenied };
    }

    // Denied is as good as a row: no attack gets as far as looking for one.
    private async Task<(Row? Row, bool IsDenied)> FindRowAsync(Subject subject, CancellationToken cancellationToken)
    {
        foreach (var claims in mint is null ? [] : subject.Rightful)
        {
            try
            {
                var condition = subject.IsPersonal || subject.Guarded.Owner == "tenant_id" || subject.Guarded.Table.Name == "tenants" ? subject.Predicate : "true";
                if (await AsAsync(claims, connection => RowReader.ReadKeyAsync(connection, subject.Guarded, condition, cancellationToken), cancellationToken) is { } row)
                    return (row, false);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                return (null, true);
            }
        }

        return (null, false);
    }

    // A key of nobody's. Policies are checked before constraints, so a row needs no other values to be refused by them.
    private static Row Invent(GuardedTable table, Party victim)
    {
        var row = new Row(table.Table, []);
        foreach (var column in table.Table.PrimaryKey!.Columns)
            row.Values[column.Name] = column.StoreType == "bytea" ? "\\x" + RandomNumberGenerator.GetHexString(64) : Guid.NewGuid().ToString();

        if (table is { Owner: "tenant_id" } or { Table.Name: "tenants" })
            row.Values[table.Owner] = victim.TenantId.ToString();
        else if (table is { Owner: "user_id" } or { Table.Name: "users" })
            row.Values[table.Owner] = victim.UserId.ToString();

        return row;
    }

    private async Task<Guid?> FindMemberAsync(Guid tenant, Guid attacker, CancellationToken cancellationToken) => mint is null ? null :
        await AsAsync(new ContextClaims("tenant", tenant, null), async connection =>
        {
            await using var command = new NpgsqlCommand(
                "select user_id from platform.tenant_users where tenant_id = $1 and user_id <> $2 limit 1", connection)
            {
                Parameters = { new() { Value = tenant }, new() { Value = attacker } },
            };
            return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
        }, cancellationToken);

    private async Task<T> AsAsync<T>(ContextClaims claims, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await new Entry(mint!.Mint(claims)).EnterAsync(connection, cancellationToken);
        return await read(connection);
    }
}
