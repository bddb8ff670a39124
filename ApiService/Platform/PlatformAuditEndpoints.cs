using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Platform;

internal static class PlatformAuditEndpoints
{
    public static void MapPlatformAudit(this IEndpointRouteBuilder platform) =>
        platform.MapGet("/audit", ListPlatformAudit).WithName(nameof(ListPlatformAudit)).ProducesValidationProblem();

    private static async Task<Results<Ok<Page<PlatformAuditResponse>>, ProblemHttpResult>> ListPlatformAudit(
        [AsParameters] PlatformAuditFilter filter, [AsParameters] PageRequest page, HttpContext http, TenancyDb<PlatformDbContext> platform,
        CursorCodec cursors, CancellationToken cancellationToken)
    {
        if (!cursors.TryRead(page, filter.List, out var cursor))
        {
            return ProblemType.InvalidCursor.Result("Start again without a cursor, and keep the filters while following cursors.");
        }

        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        var logs = filter.ApplyTo(db.PlatformAuditLogs);

        if (cursor is { } after)
        {
            logs = logs.Where(log => EF.Functions.LessThan(ValueTuple.Create(log.Created, log.Id), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await logs
            .OrderByDescending(log => log.Created).ThenByDescending(log => log.Id)
            .Take(page.Size + 1)
            .Select(PlatformAuditResponse.FromLog)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, filter.List, log => new PageCursor(log.Created, log.Id)));
    }
}
