using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

/// <summary>All tenants, as the platform's staff sees them: what they are, and nothing of what is in them.</summary>
internal static class PlatformTenantEndpoints
{
    public static void MapPlatformTenants(this IEndpointRouteBuilder platform)
    {
        var tenants = platform.MapGroup("/tenants");
        tenants.MapGet("/", ListAllTenants).WithName(nameof(ListAllTenants)).ProducesValidationProblem();
        tenants.MapGet("/{id:guid}", GetAnyTenant).WithName(nameof(GetAnyTenant));
        tenants.MapPost("/{id:guid}/suspend", SuspendTenant).RequirePlatformRole(PlatformRole.Admin).WithName(nameof(SuspendTenant)).ProducesValidationProblem()
            .WithDescription("Its people are refused at once. One that is suspended already stays so.");
        tenants.MapPost("/{id:guid}/reactivate", ReactivateTenant).RequirePlatformRole(PlatformRole.Admin).WithName(nameof(ReactivateTenant));
    }

    private static async Task<Results<Ok<Page<PlatformTenantResponse>>, ProblemHttpResult>> ListAllTenants(
        [AsParameters] PlatformTenantFilter filter, [AsParameters] PageRequest page, HttpContext http, TenancyDb<PlatformDbContext> platform,
        CursorCodec cursors, CancellationToken cancellationToken)
    {
        if (!cursors.TryRead(page, filter.List, out var cursor))
        {
            return ProblemType.InvalidCursor.Result("Start again without a cursor, and keep the filters while following cursors.");
        }

        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        var tenants = filter.ApplyTo(db.Tenants);

        if (cursor is { } after)
        {
            tenants = tenants.Where(tenant => EF.Functions.LessThan(
                ValueTuple.Create(tenant.Created, tenant.Id), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await tenants
            .OrderByDescending(tenant => tenant.Created).ThenByDescending(tenant => tenant.Id)
            .Take(page.Size + 1)
            .Select(PlatformTenantResponse.FromTenant)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, filter.List, tenant => new PageCursor(tenant.Created, tenant.Id)));
    }

    private static async Task<Results<Ok<PlatformTenantResponse>, NotFound>> GetAnyTenant(
        Guid id, HttpContext http, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForPlatform(http.User.GetUserId()));
        var tenant = await db.Tenants.IgnoreQueryFilters().Where(tenant => tenant.Id == id).Select(PlatformTenantResponse.FromTenant)
            .SingleOrDefaultAsync(cancellationToken);

        return tenant is null ? TypedResults.NotFound() : TypedResults.Ok(tenant);
    }

    private static Task<Results<Ok<PlatformTenantResponse>, NotFound>> SuspendTenant(
        Guid id, ReasonRequest request, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken) =>
        ChangeStatusAsync(
            new(id, TenantStatus.Active, TenantStatus.Suspended, "tenant.suspended", new() { ["reason"] = request.Reason }), http, platform, time, cancellationToken);

    private static Task<Results<Ok<PlatformTenantResponse>, NotFound>> ReactivateTenant(
        Guid id, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken) =>
        ChangeStatusAsync(new(id, TenantStatus.Suspended, TenantStatus.Active, "tenant.reactivated", []), http, platform, time, cancellationToken);

    private static async Task<Results<Ok<PlatformTenantResponse>, NotFound>> ChangeStatusAsync(
        StatusChange change, HttpContext http, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForPlatform(change.Id, http.User.GetUserId()));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var tenant = await db.Tenants.IgnoreQueryFilters().SingleOrDefaultAsync(tenant => tenant.Id == change.Id, cancellationToken);

        if (tenant is null)
        {
            return TypedResults.NotFound();
        }

        if (tenant.Status == change.From)
        {
            tenant.Status = change.To;
            await db.AuditInTenantAsync(http, change.Action, change.Details, time.GetUtcNow(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(PlatformTenantResponse.From(tenant));
    }

    private sealed record StatusChange(Guid Id, string From, string To, string Action, Dictionary<string, string> Details);
}
