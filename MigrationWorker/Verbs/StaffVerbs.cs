using Npgsql;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>staff grant: how the platform gets its first admin, who is nobody's to make by the API.</summary>
internal static class StaffVerbs
{
    private const string Standing = """
        select u.id, u.email_verified is not null, u.status = 'active' and (not u.banned or coalesce(u.ban_expires <= now(), false)),
            s.role is not distinct from 'admin' and s.deleted is null,
            exists (select from platform.platform_users o join platform.users a on a.id = o.user_id
                    where o.role = 'admin' and o.deleted is null and o.user_id <> u.id
                      and a.deleted is null and a.status = 'active' and (not a.banned or a.ban_expires <= now()))
        from platform.users u left join platform.platform_users s on s.user_id = u.id
        where u.email = lower($1) and u.deleted is null
        """;

    // Nobody of the platform did it, but who runs the worker: the actor is no person's id.
    private const string Grant = """
        with granted as (
            insert into platform.platform_users (user_id, role) values ($1, $2)
            on conflict (user_id) do update set role = excluded.role, deleted = null, updated = now()
            returning user_id)
        insert into platform.platform_audit_logs (id, actor_id, action, resource_type, resource_id, details)
        select gen_random_uuid(), '00000000-0000-0000-0000-000000000000', 'staff.granted', 'user', user_id::text,
            jsonb_build_object('role', $2, 'by', 'worker') from granted
        """;

    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        ["grant", [not '-', ..] email] => GrantAsync(email, PlatformRole.Admin),
        ["grant", [not '-', ..] email, "--role", PlatformRole.Admin or PlatformRole.Support] => GrantAsync(email, arguments[^1]),
        _ => Task.FromResult(Usage.Refuse(["staff", .. arguments])),
    };

    private static Task<int> GrantAsync(string email, string role) => Worker.RunAsync(
        ["--Logging:LogLevel:Default=Warning"],
        async (services, cancellationToken) =>
        {
            await using var owner = await services.GetRequiredService<Roles>().OpenOwnerAsync(cancellationToken);
            await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(owner, "select pg_advisory_xact_lock(hashtextextended($1, 0))", [PlatformRole.ChangeLock], cancellationToken);
            var person = await FindAsync(owner, email, cancellationToken);

            if (Refusal(person, email, role) is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal);
                return 1;
            }

            await ExecuteAsync(owner, Grant, [person!.Id, role], cancellationToken);
            await ExecuteAsync(
                owner, "select pg_notify($1, $2)", [AccessChangeNotification.Channel, AccessChange.OfUser(person.Id).ToString()], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Console.WriteLine($"{email} is of the platform's staff now, as {role}.");
            return 0;
        });

    private static string? Refusal(Person? person, string email, string role) => person switch
    {
        null => $"Nobody has an account with the email {email}: let the person sign up first.",
        { IsVerified: false } => $"The email {email} is not verified: let the person open the link that they were sent.",
        { IsWelcome: false } => $"The account of {email} is suspended or banned: lift that first.",
        { IsAdmin: true, HasPeers: false } when role != PlatformRole.Admin => $"{email} is the last admin of the platform: make somebody else one first.",
        _ => null,
    };

    private static async Task<Person?> FindAsync(NpgsqlConnection owner, string email, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(Standing, owner) { Parameters = { new() { Value = email.Trim() } } };
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new(rows.GetGuid(0), rows.GetBoolean(1), rows.GetBoolean(2), rows.GetBoolean(3), rows.GetBoolean(4))
            : null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection owner, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner);

        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Person(Guid Id, bool IsVerified, bool IsWelcome, bool IsAdmin, bool HasPeers);
}
