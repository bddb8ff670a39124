using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace TenantPlatform.ApiService.Problems;

/// <summary>Answers a refused request with the problem that the refusing handler named: another tenant is 404, not 403.</summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var named = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<ProblemReason>().FirstOrDefault();

        return authorizeResult.Forbidden && named is not null
            ? named.Problem.Result(named.Detail).ExecuteAsync(context)
            : standard.HandleAsync(next, context, policy, authorizeResult);
    }
}

internal sealed class ProblemReason(IAuthorizationHandler handler, ProblemType problem, string? detail = null)
    : AuthorizationFailureReason(handler, problem.Title)
{
    public ProblemType Problem => problem;

    public string? Detail => detail;
}
