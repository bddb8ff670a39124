using TenantPlatform.ApiService.Problems;

namespace TenantPlatform.ApiService.Authentication;

internal static class Impersonation
{
    /// <summary>Refuses sessions in which somebody of the platform's staff acts as the user: what secures an account is the user's own to change.</summary>
    public static TBuilder RefuseImpersonated<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints
            .AddEndpointFilter(async (context, next) => context.HttpContext.User.GetImpersonator() is null
                ? await next(context)
                : ProblemType.Impersonated.Result("You act as somebody else in this session, and only they themselves may do this."))
            .WithMetadata(new ProducesResponseTypeMetadata(
                StatusCodes.Status403Forbidden, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));
}
