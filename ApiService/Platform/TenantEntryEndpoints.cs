using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

/// <summary>How the staff gets into a tenant whose members they are not: for a time, in this session, for a reason that the tenant reads.</summary>
internal static class TenantEntryEndpoints
{
    public static void MapTenantEntries(this IEndpointRouteBuilder platform)
    {
        var entries = platform.MapGroup("/tenants/{id:guid}/entries");
        entries.MapPost("/", EnterTenant).WithName(nameof(EnterTenant)).ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict)
            .WithDescription("Until it ends, /tenants/{tenant} lets this session in: support to read, admins to do everything. Takes the place of an earlier entry.");
        entries.MapDelete("/current", LeaveEnteredTenant).WithName(nameof(LeaveEnteredTenant));
    }

    private static async Task<Results<Created<TenantEntryResponse>, NotFound, ProblemHttpResult>> EnterTenant(
        Guid id, LimitedTimeRequest request, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var (userId, now) = (http.User.GetUserId(), time.GetUtcNow());
        await using var db = platform.Open(TenantContext.ForPlatform(id, userId));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        if (await db.Tenants.Where(tenant => tenant.Id == id).Select(tenant => tenant.Status).SingleOrDefaultAsync(cancellationToken) is not { } status)
        {
            return TypedResults.NotFound();
        }

        // It has no audit log yet that could say who came.
        if (status == TenantStatus.Provisioning)
        {
            return ProblemType.TenantProvisioning.Result();
        }

        await db.EndEntriesAsync(http, now, cancellationToken);
        var entry = new TenantEntry
        {
            UserId = userId,
            TenantId = id,
            SessionId = http.User.GetSessionId(),
            Reason = request.Reason,
            Expires = request.EndFrom(now),
        };
        db.TenantEntries.Add(entry);
        var details = new Dictionary<string, string> { ["reason"] = entry.Reason, ["until"] = entry.Expires.ToString("O", CultureInfo.InvariantCulture) };
        await db.AuditInTenantAsync(http, "tenant.entered", details, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Created((string?)null, TenantEntryResponse.From(entry));
    }

    private static async Task<Results<NoContent, NotFound>> LeaveEnteredTenant(
        Guid id, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = platform.Open(TenantContext.ForPlatform(id, http.User.GetUserId()));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        if (await db.EndEntriesAsync(http, now, cancellationToken) is 0)
        {
            return TypedResults.NotFound();
        }

        await db.AuditInTenantAsync(http, "tenant.left", [], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }

    private static async Task<int> EndEntriesAsync(this PlatformDbContext db, HttpContext http, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entries = await db.LiveEntries(http.User.GetUserId(), http.User.GetSessionId(), now)
            .Where(entry => entry.TenantId == db.TenantId)
            .ToListAsync(cancellationToken);
        entries.ForEach(entry => entry.Deleted = now);
        return entries.Count;
    }
}
