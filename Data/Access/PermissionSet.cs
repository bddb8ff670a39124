using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace TenantPlatform.Data.Access;

/// <summary>
/// The permissions of somebody's roles together. A permission is module:action. * implies all, todos:* implies every action on
/// todos, and todos:write implies todos:read.
/// </summary>
public sealed partial class PermissionSet(IEnumerable<string> granted)
{
    private const string All = "*";
    private const string Read = "read";
    private const string Write = "write";

    private readonly FrozenSet<string> granted = granted.ToFrozenSet();

    /// <summary>Entries as granted, in no order.</summary>
    public IReadOnlyCollection<string> Granted => granted;

    public static bool IsValid(string permission) => Format().IsMatch(permission);

    public bool Implies(string permission) => GrantedBy(permission) is not null;

    /// <summary>The granted entry that decides, the narrowest if there are several; null when the permission is not implied.</summary>
    /// <exception cref="ArgumentException">Not of the form module:action, module:* or *.</exception>
    public string? GrantedBy(string permission) => WhatImplies(permission).FirstOrDefault(granted.Contains);

    private static IEnumerable<string> WhatImplies(string permission)
    {
        if (!IsValid(permission))
        {
            throw new ArgumentException($"'{permission}' is no permission: write module:action, module:* or *.", nameof(permission));
        }

        yield return permission;

        if (permission.Split(':') is [var module, var action])
        {
            if (action is Read)
            {
                yield return $"{module}:{Write}";
            }

            yield return $"{module}:{All}";
        }

        yield return All;
    }

    [GeneratedRegex(@"^(\*|[a-z_]+:(\*|[a-z_]+))\z")]
    private static partial Regex Format();
}
