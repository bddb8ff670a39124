using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.AccessChanges;

/// <summary>Refuses bulk statements and SQL that change rows that decide access behind the back of SaveChanges, unannounced.</summary>
internal static partial class BulkStatement
{
    /// <exception cref="InvalidOperationException">Nothing was announced before the statement.</exception>
    public static void RequireAnnouncement(DbCommand command, CommandEventData eventData)
    {
        if (ChangedTable(command, eventData) is { } table && eventData.Context is TenancyDbContext { Announced.Count: 0 })
        {
            throw new InvalidOperationException(
                $"This changes {table} without telling anybody, and other processes would go on using what they remember of it. "
                + "Change tracked rows, or call Announce(AccessChange.OfUser(...)) on the DbContext before the statement.");
        }
    }

    /// <exception cref="InvalidOperationException">The statement returns rows, in front of which no announcement can go, and there is no transaction.</exception>
    public static void RequireTransaction(DbCommand command, CommandEventData eventData)
    {
        RequireAnnouncement(command, eventData);

        if (command.Transaction is null && ChangedTable(command, eventData) is { } table)
        {
            throw new InvalidOperationException($"This changes {table} and returns rows: begin a transaction first, which announces the change.");
        }
    }

    private static string? ChangedTable(DbCommand command, CommandEventData eventData)
    {
        // SaveChanges announces by itself, and LINQ queries change nothing.
        if (eventData.CommandSource is CommandSource.SaveChanges or CommandSource.LinqQuery)
        {
            return null;
        }

        var changed = Changed().Matches(command.CommandText).Select(match => match.Groups["table"].Value).ToHashSet();
        return changed.Count is 0 ? null : DecidingTables(eventData.Context!).FirstOrDefault(changed.Contains);
    }

    private static IEnumerable<string> DecidingTables(DbContext db) =>
        from entity in db.Model.GetEntityTypes()
        where entity.ClrType.IsAssignableTo(typeof(IDecidesAccess))
        select entity.GetTableName();

    [GeneratedRegex(@"\b(update(\s+only)?|insert\s+into|delete\s+from(\s+only)?|merge\s+into)\s+""?platform""?\.""?(?<table>[a-z_]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Changed();
}
