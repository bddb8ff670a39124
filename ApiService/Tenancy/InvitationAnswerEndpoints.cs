using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>For those who are invited. Tokens come in bodies, because addresses are logged.</summary>
internal static class InvitationAnswerEndpoints
{
    public static RouteGroupBuilder MapInvitationAnswers(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup("/invitations").WithTags("Invitations")
            .RequireRateLimiting(InvitationAnswerRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

        invitations.MapPost("/offer", GetInvitationOffer).WithName(nameof(GetInvitationOffer))
            .WithDescription("Shows an open invitation to whoever has its token, signed in or not.");

        var recipient = invitations.MapGroup("/").RequireAuthorization(Policies.User)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        recipient.MapPost("/accept", AcceptInvitation).WithName(nameof(AcceptInvitation))
            .WithDescription("For the user whose verified address the invitation was sent to. Accepting again answers the same.");
        recipient.MapPost("/reject", RejectInvitation).WithName(nameof(RejectInvitation));

        return invitations;
    }

    private static async Task<Results<Ok<InvitationOfferResponse>, ProblemHttpResult>> GetInvitationOffer(
        InvitationTokenRequest request, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var offer = await db.InvitationOffers(request.TenantId!.Value, InvitationToken.Hash(request.Token)).SingleOrDefaultAsync(cancellationToken);

        if (offer is null)
        {
            return InvitationAcceptance.Unknown();
        }

        return InvitationState.Refusal(offer.Status, offer.Expires, time.GetUtcNow()) is { } gone
            ? gone
            : TypedResults.Ok(InvitationOfferResponse.From(offer));
    }

    private static Task<Results<Ok<AcceptedInvitationResponse>, ProblemHttpResult>> AcceptInvitation(
        InvitationTokenRequest request, ClaimsPrincipal user, InvitationAcceptance acceptance, CancellationToken cancellationToken) =>
        acceptance.AcceptAsync(request, user.GetUserId(), cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> RejectInvitation(
        InvitationTokenRequest request, ClaimsPrincipal user, InvitationAcceptance acceptance, CancellationToken cancellationToken) =>
        await acceptance.RejectAsync(request, user.GetUserId(), cancellationToken) is { } refusal ? refusal : TypedResults.NoContent();
}
