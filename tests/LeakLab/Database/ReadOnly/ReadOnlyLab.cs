using Npgsql;

namespace TenantPlatform.LeakLab.Database.ReadOnly;

/// <summary>The matrix against somebody's deployment, from outside and without a trace.</summary>
internal static class ReadOnlyLab
{
    private const string Privileged = """
        select r.rolsuper or r.rolbypassrls or exists (
            select from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and (n.nspname in ('platform', 'pooled') or n.nspname like 'tenant\_%')
              and pg_has_role(current_user, c.relowner, 'member'))
        from pg_roles r where r.rolname = current_user
        """;

    /// <exception cref="LabRefusal">The connection could prove nothing, or the signing key is not the deployment's.</exception>
    public static async Task<LabReport> RunAsync(LabArguments arguments, CancellationToken cancellationToken)
    {
        var mint = Mint(arguments);
        var attacker = new Party(arguments.Tenant, arguments.User);
        LabSubjects subjects;

        await using (var app = NpgsqlDataSource.Create(arguments.Connection))
        {
            await RequireUnprivilegedAsync(app, cancellationToken);
            await RequireKeyAsync(app, mint, arguments.Tenant, cancellationToken);
            subjects = await new DeploymentSubjects(app, mint).FindAsync(attacker, arguments.OtherTenant, cancellationToken);
        }

        var target = new LabTarget(arguments.Connection) { SigningKey = arguments.SigningKey, Pooler = arguments.Pooler };
        return await DatabaseLab.RunAsync(target, subjects, new LabOptions { Workers = 1, Tables = arguments.Tables }, cancellationToken);
    }

    private static ContextMint? Mint(LabArguments arguments)
    {
        try
        {
            return arguments.SigningKey is { } secret ? new ContextMint(secret) : null;
        }
        catch (ArgumentException e)
        {
            throw new LabRefusal($"--signing-key cannot be one: {e.Message}");
        }
    }

    private static async Task RequireUnprivilegedAsync(NpgsqlDataSource app, CancellationToken cancellationToken)
    {
        await using var command = app.CreateCommand(Privileged);
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
            throw new LabRefusal("Policies do not bind the role of this connection, so everything would leak: give the connection string of tp_app, which the API has.");
    }

    private static async Task RequireKeyAsync(NpgsqlDataSource app, ContextMint? mint, Guid tenant, CancellationToken cancellationToken)
    {
        if (mint is null)
            return;

        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await new Entry(mint.Mint(new ContextClaims("tenant", tenant, null))).EnterAsync(connection, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new LabRefusal($"The database does not accept what --signing-key signs ({e.MessageText}): give the key that the API has.");
        }
    }
}
