using Npgsql;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.LeakLab.Http;

/// <summary>Writes a scene as the administrator, so that the lab depends on no operation of the API that it attacks.</summary>
internal sealed class Seeder(NpgsqlDataSource admin)
{
    private static readonly string PasswordHash = IdentityPassword.Hash(Actor.Password);

    private static DateTime Yesterday => DateTime.UtcNow.AddDays(-1);

    private static DateTime Tomorrow => DateTime.UtcNow.AddDays(1);

    private readonly NpgsqlBatch batch = admin.CreateBatch();

    public static async Task<Scene> CreateSceneAsync(NpgsqlDataSource admin, CancellationToken cancellationToken)
    {
        var scene = new Scene(Party.Create(version: 1), Party.Create(version: 7), Actor.Create("staff"));
        var seeder = new Seeder(admin);
        seeder.AddPerson(scene.Staff);
        seeder.Add("platform.platform_users", ("user_id", scene.Staff.UserId), ("role", PlatformRole.Admin));
        seeder.AddParty(scene.Attacker);
        seeder.AddParty(scene.Victim);
        seeder.AddEntry(scene, scene.Attacker);
        seeder.AddEntry(scene, scene.Victim);
        await using (seeder.batch)
            await seeder.batch.ExecuteNonQueryAsync(cancellationToken);

        return scene;
    }

    private void AddParty(Party party)
    {
        foreach (var person in party.Everybody)
            AddPerson(person);

        AddTenant(party.TenantId, party.Key, party);
        AddTenant(party.SecondTenantId, TenantKey.Generate(), party);
        AddSession(Guid.CreateVersion7(), party.Owner, party.ExpiredToken, DateTime.UtcNow.AddMinutes(-1));
        AddSession(Guid.CreateVersion7(), party.Owner, party.SignedOutToken, Tomorrow, ("deleted", DateTime.UtcNow));
        party.Rows["tenants"] = [party.TenantId.ToString()];

        Add("platform.roles", ("id", Id(party, "roles")), ("tenant_id", party.TenantId), ("name", "unused"), ("description", party.Mark("role")));
        Add("platform.roles", ("id", Id(party, "roles")), ("tenant_id", party.TenantId), ("name", "powerless"), ("description", party.Mark("role")));
        AddMember(party, party.Member, TenantRole.Member);
        AddMember(party, party.Removed, TenantRole.Admin, ("deleted", DateTime.UtcNow));
        AddMember(party, party.Suspended, TenantRole.Admin, ("status", TenantUserStatus.Suspended));
        AddMember(party, party.Powerless, "powerless");
        party.Rows["members"] = party.Rows["users"] = party.Rows["teams/members"] = [party.Member.UserId.ToString(), party.Owner.UserId.ToString()];
        AddPerson(party.Support);
        Add("platform.platform_users", ("user_id", party.Support.UserId), ("role", PlatformRole.Support));
        party.Rows["staff"] = [party.Support.UserId.ToString()];
        AddRows(party);
        AddTokens(party);
    }

    private void AddEntry(Scene scene, Party party) => Add("platform.tenant_entries",
        ("id", Guid.CreateVersion7()), ("user_id", scene.Staff.UserId), ("tenant_id", party.TenantId), ("session_id", scene.Staff.SessionId),
        ("reason", "because"), ("expires", Tomorrow));

    private void AddRows(Party party)
    {
        for (var number = 1; number <= 2; number++)
        {
            var team = Id(party, "teams");
            AddSession(Id(party, "sessions"), party.Owner, Actor.NewToken(), Tomorrow);
            Add("pooled.todos", ("tenant_id", party.TenantId), ("id", Id(party, "todos")), ("title", party.Mark("todo")),
                ("description", party.Mark("description")), ("created_by", party.Owner.UserId), ("assigned_to", party.Member.UserId),
                ("priority", 5), ("due_date", DateTime.UtcNow), ("version", party.Version));
            Add("platform.teams", ("tenant_id", party.TenantId), ("id", team), ("name", party.Mark($"team {number}")));

            foreach (var person in new[] { party.Member, party.Powerless })
            {
                Add("platform.team_members", ("tenant_id", party.TenantId), ("id", Guid.CreateVersion7()), ("team_id", team), ("user_id", person.UserId));
            }

            Invite(party, "platform.invitations", $"{party.Marker}-{number}-{party.Secret}@example.org", Actor.NewToken(), ("id", Id(party, "invitations")));

            for (var invitation = 1; invitation <= 2; invitation++)
            {
                Invite(party, "platform.team_invitations", $"{party.Marker}-{invitation}-{party.Secret}@example.org", Actor.NewToken(),
                    ("id", Id(party, "teams/invitations")), ("team_id", team));
            }

            Add("pooled.audit_logs", ("tenant_id", party.TenantId), ("id", Id(party, "audit-logs")), ("actor_type", "member"),
                ("actor_id", party.Owner.UserId), ("action", "todo.created"), ("resource_type", "todo"), ("resource_id", party.Mark("audit")));
        }

        Invite(party, "platform.invitations", party.Invited.Email, party.InvitationToken, ("id", Guid.CreateVersion7()));
        Add("pooled.settings", ("tenant_id", party.TenantId), ("id", Id(party, "settings")), ("version", party.Version));
    }

    // Somebody who has signed up and not answered the message yet has an account that is kept deleted.
    private void AddTokens(Party party)
    {
        var (newcomer, account) = (Actor.Create(party.Marker), Guid.CreateVersion7());
        Add("platform.users", ("id", newcomer.UserId), ("email", newcomer.Email));
        AddAccount(account, newcomer, ("deleted", DateTime.UtcNow));
        AddToken(party, "VerifyEmail", $"verify-email:{newcomer.Email}", account);
        AddToken(party, "ResetPassword", $"reset-password:{party.Owner.Email}", party.Owner.UserId);
        AddToken(party, "ConfirmEmail", $"change-email:{Actor.Create(party.Marker).Email}", party.Owner.UserId);
    }

    private void AddToken(Party party, string operation, string identifier, Guid subject)
    {
        party.Tokens[operation] = Actor.NewToken(subject);
        Add("platform.verifications", ("id", Guid.CreateVersion7()), ("identifier", identifier),
            ("value_hash", Actor.Hash(party.Tokens[operation])), ("expires", Tomorrow));
    }

    private void Invite(Party party, string table, string email, string token, params (string Column, object Value)[] more) => Add(table, [
        ("tenant_id", party.TenantId), ("email", email), ("role", TenantRole.Member),
        ("invited_by", party.Owner.UserId), ("token_hash", Actor.Hash(token)), ("expires", DateTime.UtcNow.AddDays(7)), .. more]);

    private void AddTenant(Guid id, string key, Party party)
    {
        Add("platform.tenants", ("id", id), ("key", key), ("slug", $"tenant-{key}"), ("name", party.Mark("tenant")),
            ("description", party.Mark("description")), ("plan", "enterprise"), ("created_by", party.Owner.UserId));
        Add("platform.tenant_users", ("tenant_id", id), ("user_id", party.Owner.UserId), ("roles", new[] { TenantRole.Owner }));
    }

    private void AddMember(Party party, Actor person, string role, params (string Column, object Value)[] more) => Add("platform.tenant_users",
        [("tenant_id", party.TenantId), ("user_id", person.UserId), ("roles", new[] { role }), .. more]);

    private void AddPerson(Actor person)
    {
        Add("platform.users", ("id", person.UserId), ("email", person.Email), ("email_verified", DateTime.UtcNow), ("name", person.Email));
        AddAccount(Guid.CreateVersion7(), person);
        AddSession(person.SessionId, person, person.Token, Tomorrow);
    }

    private void AddAccount(Guid id, Actor person, params (string Column, object Value)[] more) => Add("platform.accounts",
        [("id", id), ("user_id", person.UserId), ("provider_id", "credential"), ("account_id", person.UserId.ToString()), ("password", PasswordHash), .. more]);

    private void AddSession(Guid id, Actor person, string token, DateTime expires, params (string Column, object Value)[] more) => Add("platform.sessions",
        [("id", id), ("user_id", person.UserId), ("token_hash", Actor.Hash(token)), ("created", Yesterday), ("expires", expires), .. more]);

    private static Guid Id(Party party, string collection)
    {
        var id = Guid.CreateVersion7();
        party.Rows[collection] = [.. party.Rows.GetValueOrDefault(collection) ?? [], id.ToString()];
        return id;
    }

    private void Add(string table, params (string Column, object Value)[] values)
    {
        var places = Enumerable.Range(1, values.Length).Select(number => $"${number}");
        var command = batch.CreateBatchCommand();
        command.CommandText = $"insert into {table} ({string.Join(", ", values.Select(value => value.Column))}) values ({string.Join(", ", places)})";

        foreach (var (_, value) in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });

        batch.BatchCommands.Add(command);
    }
}
