using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Who was interrupted cannot know whether the change was made, and looks. All or nothing: anything else is a finding.</summary>
internal static class UnknownOutcome
{
    public static async Task SettleAsync(Visit visit)
    {
        var tally = visit.Arena.Tally;

        foreach (var (tenant, intended) in visit.Intentions)
        {
            var rows = await ReadAsync(visit.Arena.App, tenant);
            var isDone = rows.SameAs(intended);

            if (!isDone && !rows.SameAs(tenant.Rows))
                tally.Find(Figure.ModelDifferences, $"{tenant.Tenant.Key} was left half changed");

            tally.Count(isDone ? Figure.UnknownDone : Figure.UnknownUndone);
            tenant.Rows = rows;
        }
    }

    private static async Task<ImmutableDictionary<Guid, Row>> ReadAsync(AppAccess app, TenantModel tenant)
    {
        await using var db = app.Tenants.Open(tenant.Tenant.Context);
        await using var platform = app.Platform.Open(tenant.Tenant.Context);
        var todos = await db.Todos.AsNoTracking().ToListAsync();
        var teams = await platform.Teams.AsNoTracking().ToListAsync();
        return todos.Select(todo => KeyValuePair.Create(todo.Id, Visit.RowOf(todo)))
            .Concat(teams.Select(team => KeyValuePair.Create(team.Id, Visit.RowOf(team)))).ToImmutableDictionary();
    }
}
