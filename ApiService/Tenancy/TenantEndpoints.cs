using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

internal static class TenantEndpoints
{
    private const int SlugAttempts = 3;

    public static RouteGroupBuilder MapTenants(this IEndpointRouteBuilder routes)
    {
        var tenants = routes.MapGroup("/tenants").WithTags("Tenancy").RequireAuthorization(Policies.User)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized);
        tenants.MapGet("/", ListTenants).WithName(nameof(ListTenants));
        tenants.MapGet("/{tenant}", GetTenant).WithName(nameof(GetTenant));
        tenants.MapTenantChanges();
        tenants.MapTenantDeletion();
        tenants.MapPost("/", CreateTenant).WithName(nameof(CreateTenant))
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .WithDescription("A dedicated tenant is 202: its status is provisioning, and its addresses answer 409, until its schema is built.");

        return tenants;
    }

    private static async Task<Results<Ok<Page<TenantResponse>>, ProblemHttpResult>> ListTenants(
        [AsParameters] TenantFilter filter, [AsParameters] PageRequest page, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform,
        CursorCodec cursors, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        var list = $"tenants of {userId}|{filter.Deleted is true}";

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result();
        }

        await using var db = platform.Open(TenantContext.ForUser(userId));
        var memberships = filter.Deleted is true ? db.MembershipsOfDeletedTenants(userId) : db.TenantUsers.Where(member => member.UserId == userId);

        if (cursor is { } after)
        {
            memberships = memberships.Where(member => EF.Functions.LessThan(
                ValueTuple.Create(member.Tenant.Created, member.TenantId), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await memberships
            .OrderByDescending(member => member.Tenant.Created).ThenByDescending(member => member.TenantId)
            .Take(page.Size + 1)
            .Select(TenantResponse.FromMembership)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, tenant => new PageCursor(tenant.Created, tenant.Id)));
    }

    private static async Task<Results<Ok<TenantResponse>, NotFound>> GetTenant(
        string tenant, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, HttpResponse response, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));
        var membership = await db.FindMembershipAsync(userId, tenant, cancellationToken);

        if (membership is null)
        {
            return TypedResults.NotFound();
        }

        response.SetETag(membership.Tenant.Updated);
        return TypedResults.Ok(TenantResponse.From(membership));
    }

    private static async Task<Results<Created<TenantResponse>, Accepted<TenantResponse>, ProblemHttpResult>> CreateTenant(
        CreateTenantRequest request, ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, IOptions<TenantOptions> options,
        CancellationToken cancellationToken)
    {
        var dedicated = request.Placement == TenantPlacement.Dedicated;

        if (dedicated && !options.Value.AllowDedicated)
        {
            return ProblemType.DedicatedNotOffered.Result("Leave the placement out to get a tenant at once.");
        }

        var key = TenantKey.Generate();
        var derived = Slug.FromName(request.Name) ?? key;

        for (var attempt = 1; ; attempt++)
        {
            var slug = request.Slug ?? (attempt is 1 ? derived : Slug.WithSuffix(derived));
            var membership = Found(request.Name, key, slug, dedicated, user.GetUserId());

            try
            {
                await AddAsync(membership, platform, cancellationToken);
                var (address, created) = ($"/tenants/{membership.TenantId}", TenantResponse.From(membership));
                return dedicated ? TypedResults.Accepted(address, created) : TypedResults.Created(address, created);
            }
            catch (DbUpdateException e) when (ConstraintViolation.IsDuplicate(e, "ix_tenants_slug"))
            {
                if (request.Slug is not null || attempt == SlugAttempts)
                {
                    return ProblemType.SlugTaken.Result("Choose another slug, or leave it out to get one made from the name.");
                }
            }
        }
    }

    private static TenantUser Found(string name, string key, string slug, bool dedicated, Guid founder)
    {
        var tenant = new Tenant
        {
            Key = key,
            Slug = slug,
            Name = name,
            CreatedBy = founder,
            Placement = dedicated ? TenantPlacement.Dedicated : TenantPlacement.Pooled,
            Status = dedicated ? TenantStatus.Provisioning : TenantStatus.Active,
        };
        return new TenantUser { TenantId = tenant.Id, UserId = founder, Roles = [TenantRole.Owner], Tenant = tenant };
    }

    // In the new tenant's own context: nobody else's could write its rows.
    private static async Task AddAsync(TenantUser membership, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForTenant(membership.TenantId, membership.UserId));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.TenantUsers.Add(membership);
        await db.SaveChangesAsync(cancellationToken);

        if (membership.Tenant.Status == TenantStatus.Provisioning)
        {
            await db.Database.ExecuteSqlAsync($"select pg_notify({TenantProvisioning.Channel}, '')", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
