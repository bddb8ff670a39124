using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.LeakLab.Database;

/// <summary>A tenant and one of its people.</summary>
public sealed record Party(Guid TenantId, Guid UserId);

/// <summary>A table with what an attack on it is about.</summary>
/// <param name="Theirs">A row of the victim that is there.</param>
/// <param name="Fresh">A row of the victim that is not there and that every constraint would accept.</param>
internal sealed record Subject(GuardedTable Guarded, Party Victim, Party Attacker, Row Theirs, Row Fresh)
{
    public string Name => Guarded.Name;

    /// <summary>False if the victim has no row here, and the values of <see cref="Theirs"/> are made up.</summary>
    public bool HasRow { get; init; } = true;

    /// <summary>Holds for every row of the victim.</summary>
    public string Predicate => $"{Guarded.Owner} = {Theirs.Literal(Guarded.Owner)}";

    /// <summary>As EF knows it.</summary>
    public object OwnerValue => Theirs.Table.FindColumn(Guarded.Owner)!.StoreType == "bytea"
        ? Convert.FromHexString(Theirs.Values[Guarded.Owner].AsSpan(2))
        : Guid.Parse(Theirs.Values[Guarded.Owner]);

    public bool IsPersonal => Guarded.Owner == "user_id" || Guarded.Table.Name == "users";

    /// <summary>Contexts that the victim, or the platform for the victim, comes with; the control tells which of them an action needs.</summary>
    public IReadOnlyList<ContextClaims> Rightful => [.. new ContextClaims[]
    {
        new("tenant", Victim.TenantId, Victim.UserId),
        new("user", null, PersonOf(Theirs) ?? Victim.UserId),
        new("auth", null, null),
        new("platform", Victim.TenantId, PersonOf(Theirs) ?? Victim.UserId),
        new("platform", Victim.TenantId, PersonOf(Fresh) ?? Victim.UserId),
        new("delivery", null, null),
        new("tenant", Fresh.Table.Name == "tenants" ? Guid.Parse(Fresh.Values["id"]) : Victim.TenantId, Victim.UserId),
    }.Distinct()];

    /// <summary>The victim at work through EF.</summary>
    public TenantContext VictimContext => Guarded switch
    {
        _ when IsPersonal => TenantContext.ForUser(PersonOf(Theirs) ?? Victim.UserId),
        { Owner: "tenant_id" } or { Table.Name: "tenants" } => TenantContext.ForTenant(Victim.TenantId, Victim.UserId),
        _ => TenantContext.ForAuthentication,
    };

    /// <summary>The attacker at work through EF, in the scope that comes nearest to the victim's rows.</summary>
    public TenantContext AttackerContext =>
        IsPersonal ? TenantContext.ForUser(Attacker.UserId) : TenantContext.ForTenant(Attacker.TenantId, Attacker.UserId);

    /// <summary>All that the attacker can rightfully come with.</summary>
    public IReadOnlyList<ContextClaims> AttackersOwn =>
        [new("tenant", Attacker.TenantId, Attacker.UserId), new("user", null, Attacker.UserId)];

    private static Guid? PersonOf(Row row)
    {
        var person = row.Table.Name == "users" ? row.Values["id"] : row.Values.GetValueOrDefault("user_id") ?? row.Values.GetValueOrDefault("actor_id");
        return person is null ? null : Guid.Parse(person);
    }
}
