using System.Buffers.Text;
using System.Text;
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
        await using (seeder.batch)
            await seeder.batch.ExecuteNonQueryAsync(cancellationToken);

        return scene;
    }

    private void AddParty(Party party)
    {
        foreach (var person in party.Everybody)
            AddPerson(person, verified: person != party.Newcomer);

        AddToken(party, "VerifyEmail", $"verify-email:{party.Newcomer.Email}");
        AddToken(party, "ResetPassword", $"reset-password:{party.Owner.Email}");
        AddToken(party, "ConfirmEmail", $"change-email:new-{party.Owner.Email}", party.Owner.UserId.ToString());
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
        AddRows(party);
    }

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

            Invite(party, "platform.invitations", number, ("id", Id(party, "invitations")));
            Invite(party, "platform.team_invitations", number, ("id", Guid.CreateVersion7()), ("team_id", team));
            Add("pooled.audit_logs", ("tenant_id", party.TenantId), ("id", Id(party, "audit-logs")), ("actor_type", "member"),
                ("actor_id", party.Owner.UserId), ("action", "todo.created"), ("resource_type", "todo"), ("resource_id", party.Mark("audit")));
        }

        Add("pooled.settings", ("tenant_id", party.TenantId), ("id", Id(party, "settings")), ("version", party.Version));
    }

    private void Invite(Party party, string table, int number, params (string Column, object Value)[] more) => Add(table, [
        ("tenant_id", party.TenantId), ("email", $"{party.Marker}-{number}-{party.Secret}@example.org"), ("role", TenantRole.Member),
        ("invited_by", party.Owner.UserId), ("token_hash", Actor.Hash(Actor.NewToken())), ("expires", DateTime.UtcNow.AddDays(7)), .. more]);

    private void AddTenant(Guid id, string key, Party party)
    {
        Add("platform.tenants", ("id", id), ("key", key), ("slug", $"tenant-{key}"), ("name", party.Mark("tenant")),
            ("description", party.Mark("description")), ("plan", "enterprise"), ("created_by", party.Owner.UserId));
        Add("platform.tenant_users", ("tenant_id", id), ("user_id", party.Owner.UserId), ("roles", new[] { TenantRole.Owner }));
    }

    private void AddMember(Party party, Actor person, string role, params (string Column, object Value)[] more) => Add("platform.tenant_users",
        [("tenant_id", party.TenantId), ("user_id", person.UserId), ("roles", new[] { role }), .. more]);

    private void AddPerson(Actor person, bool verified = true)
    {
        Add("platform.users", ("id", person.UserId), ("email", person.Email), ("email_verified", verified ? DateTime.UtcNow : DBNull.Value),
            ("name", person.Email));
        Add("platform.accounts", ("id", Guid.CreateVersion7()), ("user_id", person.UserId), ("provider_id", "credential"),
            ("account_id", person.UserId.ToString()), ("password", PasswordHash));
        AddSession(person.SessionId, person, person.Token, Tomorrow);
    }

    // In the form of OneTimeTokens: what it is about comes after the dot.
    private void AddToken(Party party, string operation, string identifier, string subject = "")
    {
        party.Tokens[operation] = $"{Actor.NewToken()}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(subject))}";
        Add("platform.verifications", ("id", Guid.CreateVersion7()), ("identifier", identifier), ("value_hash", Actor.Hash(party.Tokens[operation])),
            ("expires", Tomorrow));
    }

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
