using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>For those who invite; <see cref="InvitationAnswerEndpoints"/> are for the others.</summary>
internal static class InvitationEndpoints
{
    private const string Read = "invitations:read";
    private const string Write = InvitationRules.Write;

    public static RouteGroupBuilder MapInvitations(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup("/tenants/{tenant}/invitations").WithTags("Invitations")
            .RequireRateLimiting(TenantRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        invitations.MapGet("/", ListInvitations).RequirePermission(Read).WithName(nameof(ListInvitations));
        invitations.MapGet("/{id:guid}", GetInvitation).RequirePermission(Read).WithName(nameof(GetInvitation));

        var sending = invitations.MapGroup("/").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        sending.MapPost("/", CreateInvitation).RequirePermission(Write).WithName(nameof(CreateInvitation));
        sending.MapPost("/bulk", CreateInvitations).RequirePermission(Write).WithName(nameof(CreateInvitations))
            .WithDescription("Invites whom the tenant can invite, and says of each of the others why not. One that is malformed refuses all.");
        sending.MapPost("/{id:guid}/resend", ResendInvitation).RequirePermission(Write).WithName(nameof(ResendInvitation))
            .WithDescription("Sends a new token that is good as long as a new invitation's; the former one is void.");

        invitations.MapDelete("/{id:guid}", CancelInvitation).RequirePermission(Write).WithName(nameof(CancelInvitation))
            .ProducesProblem(StatusCodes.Status409Conflict);

        return invitations;
    }

    private static async Task<Results<Ok<Page<InvitationResponse>>, ProblemHttpResult>> ListInvitations(
        [AsParameters] InvitationFilter filter, [AsParameters] PageRequest page, CurrentTenant current, TenancyDb<PlatformDbContext> platform,
        CursorCodec cursors, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var (list, now) = (filter.ListOf(db.TenantId), time.GetUtcNow());

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result("Start again without a cursor, and keep the filters while following cursors.");
        }

        var invitations = filter.ApplyTo(db.Invitations, now);

        if (cursor is { } after)
        {
            invitations = invitations.Where(invitation => EF.Functions.LessThan(
                ValueTuple.Create(invitation.Created, invitation.Id), ValueTuple.Create(after.Created, after.Id)));
        }

        var rows = await invitations
            .OrderByDescending(invitation => invitation.Created).ThenByDescending(invitation => invitation.Id)
            .Take(page.Size + 1)
            .Select(InvitationResponse.FromInvitation(now))
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, invitation => new PageCursor(invitation.Created, invitation.Id)));
    }

    private static async Task<Results<Ok<InvitationResponse>, NotFound>> GetInvitation(
        Guid id, CurrentTenant current, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        var invitation = await db.Invitations.Where(invitation => invitation.Id == id)
            .Select(InvitationResponse.FromInvitation(time.GetUtcNow()))
            .SingleOrDefaultAsync(cancellationToken);

        return invitation is null ? TypedResults.NotFound() : TypedResults.Ok(invitation);
    }

    private static async Task<Results<Created<InvitationResponse>, ProblemHttpResult>> CreateInvitation(
        string tenant, CreateInvitationRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform, InvitationIssuer issuer,
        InvitationAllowance allowance, HttpResponse response, CancellationToken cancellationToken)
    {
        if (allowance.Refusal(current.Context.TenantId!.Value, 1, response) is { } tooMany)
        {
            return tooMany;
        }

        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);
        var issued = (await issuer.IssueAsync(db, current, [request], cancellationToken)).Single();

        if (issued.Refusal is { } refusal)
        {
            return refusal;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var invitation = InvitationResponse.FromOpen(issued.Invitation!);
        return TypedResults.Created($"/tenants/{tenant}/invitations/{invitation.Id}", invitation);
    }

    private static async Task<Results<Ok<CreatedInvitationsResponse>, ProblemHttpResult>> CreateInvitations(
        CreateInvitationsRequest request, CurrentTenant current, TenancyDb<PlatformDbContext> platform, InvitationIssuer issuer,
        InvitationAllowance allowance, HttpResponse response, CancellationToken cancellationToken)
    {
        if (allowance.Refusal(current.Context.TenantId!.Value, request.Invitations.Count, response) is { } tooMany)
        {
            return tooMany;
        }

        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);
        var issued = await issuer.IssueAsync(db, current, request.Invitations, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Ok(new CreatedInvitationsResponse([.. issued.Select(InvitationOutcome.From)]));
    }

    private static async Task<Results<Ok<InvitationResponse>, NotFound, ProblemHttpResult>> ResendInvitation(
        Guid id, CurrentTenant current, TenancyDb<PlatformDbContext> platform, InvitationIssuer issuer, InvitationAllowance allowance,
        HttpResponse response, CancellationToken cancellationToken)
    {
        if (allowance.Refusal(current.Context.TenantId!.Value, 1, response) is { } tooMany)
        {
            return tooMany;
        }

        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.Invitations.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } invitation)
        {
            return TypedResults.NotFound();
        }

        if (await issuer.ResendAsync(db, current, invitation, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Ok(InvitationResponse.FromOpen(invitation));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> CancelInvitation(
        Guid id, CurrentTenant current, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(current.Context);
        await using var transaction = await db.BeginMemberChangeAsync(cancellationToken);

        if (await db.Invitations.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } invitation)
        {
            return TypedResults.NotFound();
        }

        if (invitation.RefusalToCancel() is { } answered)
        {
            return answered;
        }

        invitation.Status = InvitationStatus.Canceled;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return TypedResults.NoContent();
    }
}
