using TenantPlatform.Data.Access;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Access;

/// <summary>Says in words what requests are decided by: a membership, its roles, and the narrowest of their entries that implies a permission.</summary>
internal static class AccessDecision
{
    private const string None = "none";

    public static AccessExplanation Explain(Guid user, string permission, TenantUser? member, IReadOnlyList<Role> roles)
    {
        if (member is null)
        {
            return new(user, permission, false, "The user is not a member of this tenant.", None, [], null, null);
        }

        var missing = member.Roles.Except(roles.Select(role => role.Name)).ToList();
        var deciding = roles
            .OrderBy(role => Array.IndexOf(member.Roles, role.Name))
            .Select(role => (Role: role.Name, Rule: new PermissionSet(role.Permissions).GrantedBy(permission)))
            .FirstOrDefault(entry => entry.Rule is not null);
        var answer = new AccessExplanation(user, permission, false, "", member.Status, member.Roles, deciding.Role, deciding.Rule);

        return member.Status switch
        {
            TenantUserStatus.Suspended => answer with { Because = "The membership is suspended, whatever its roles permit." },
            _ when deciding.Rule is null => answer with { Because = $"None of the roles {Listed(member.Roles)} permits it.{Ghosts(missing)}" },
            _ => answer with { Allowed = true, Because = $"The role '{deciding.Role}' permits '{deciding.Rule}'{Implying(deciding.Rule, permission)}." },
        };
    }

    private static string Implying(string rule, string permission) => rule == permission ? "" : $", which implies '{permission}'";

    private static string Ghosts(List<string> missing) => missing.Count is 0 ? "" : $" There is no role {Listed(missing)} any more.";

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
