using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace TenantPlatform.ApiService.Problems;

/// <summary>The kinds of errors that clients can tell apart. The URIs are part of the API and never change.</summary>
/// <param name="RetryAfterSeconds">For what passes by itself: when to ask again.</param>
internal sealed record ProblemType(string Name, int Status, string Title, int? RetryAfterSeconds = null)
{
    private const string UriPrefix = "urn:tenantplatform:problem:";

    public static readonly ProblemType Validation = new("validation", 400, "The request has invalid values.");
    public static readonly ProblemType UnreadableRequest = new("unreadable-request", 400, "The request cannot be read.");
    public static readonly ProblemType InvalidCursor = new("invalid-cursor", 400, "The cursor does not belong to this list.");
    public static readonly ProblemType Unauthenticated = new("unauthenticated", 401, "Sign in first.");
    public static readonly ProblemType InvalidCredentials = new("invalid-credentials", 401, "The email or the password is wrong.");
    public static readonly ProblemType InvalidToken = new("invalid-token", 400, "The token is unknown, used or expired. Ask for a new one.");
    public static readonly ProblemType WrongPassword = new("wrong-password", 403, "The password is wrong.");
    public static readonly ProblemType AccountBanned = new("account-banned", 403, "The account may not sign in.");
    public static readonly ProblemType UnknownIdentity = new("unknown-identity", 401, "The identity belongs to no user here.");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "You may not do this.");
    public static readonly ProblemType MissingPermission = new("missing-permission", 403, "Your roles do not permit this.");
    public static readonly ProblemType TenantSuspended = new("tenant-suspended", 403, "The tenant is suspended.");
    public static readonly ProblemType TenantProvisioning = new("tenant-provisioning", 409, "The tenant is being set up. Try again in a moment.", 1);
    public static readonly ProblemType DedicatedNotOffered = new("dedicated-not-offered", 403, "Tenants with a schema of their own are not offered here.");
    public static readonly ProblemType Impersonated = new("impersonated", 403, "You act as somebody else.");
    public static readonly ProblemType OwnersOnly = new("owners-only", 403, "Only an owner of the tenant may do this.");
    public static readonly ProblemType RoleBeyondYours = new("role-beyond-yours", 403, "A role would permit more than you may do yourself.");
    public static readonly ProblemType CrossSiteRequest = new("cross-site-request", 403, "The request comes from another site.");
    public static readonly ProblemType WrongRecipient = new("wrong-recipient", 403, "The invitation was sent to another address.");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is nothing here.");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "This address does not support the method.");
    public static readonly ProblemType EmailTaken = new("email-taken", 409, "Another account has this email.");
    public static readonly ProblemType SoleOwner = new("sole-owner", 409, "You are the only owner of a tenant.");
    public static readonly ProblemType NoSession = new("no-session", 409, "There is no session to end.");
    public static readonly ProblemType SlugTaken = new("slug-taken", 409, "The slug is taken.");
    public static readonly ProblemType LastOwner = new("last-owner", 409, "A tenant always has an owner, and this is the last one.");
    public static readonly ProblemType LastAdmin = new("last-admin", 409, "The platform always has an admin, and this is the last one.");
    public static readonly ProblemType PlanLimit = new("plan-limit", 409, "The plan of the tenant allows no more.");
    public static readonly ProblemType SystemRole = new("system-role", 409, "The roles of the system stay as they are.");
    public static readonly ProblemType RoleInUse = new("role-in-use", 409, "The role is still in use.");
    public static readonly ProblemType TooManyRoles = new("too-many-roles", 409, "A tenant has at most 100 roles of its own.");
    public static readonly ProblemType RestoreTooLate = new("restore-too-late", 409, "The tenant was deleted too long ago to be restored.");
    public static readonly ProblemType AlreadyMember = new("already-member", 409, "This person is a member already.");
    public static readonly ProblemType InvitationGone = new("invitation-gone", 409, "The invitation is not open any more.");
    public static readonly ProblemType ConcurrentChange = new("concurrent-change", 409, "Somebody else changed this at the same moment.");
    public static readonly ProblemType StaleVersion = new("stale-version", 412, "This has changed since you read it.");
    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "The request body is too large.");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "Send the body as application/json.");
    public static readonly ProblemType TooManyFailures = new("too-many-failures", 429, "Too many wrong passwords in a row.");
    public static readonly ProblemType RateLimited = new("rate-limited", 429, "Too many requests.");
    public static readonly ProblemType Internal = new("internal", 500, "The server failed to handle the request.");
    public static readonly ProblemType IssuerUnavailable = new("issuer-unavailable", 503, "The identity provider does not answer. Try again in a moment.");
    public static readonly ProblemType DatabaseUnavailable = new("database-unavailable", 503, "The database does not answer. Try again in a moment.", 5);

    private static readonly Dictionary<int, ProblemType> Defaults = new[]
    {
        UnreadableRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, ConcurrentChange, StaleVersion, BodyTooLarge,
        UnsupportedMediaType, RateLimited, Internal, DatabaseUnavailable,
    }.ToDictionary(type => type.Status);

    private static readonly Dictionary<string, ProblemType> Passing = new[] { TenantProvisioning, DatabaseUnavailable }.ToDictionary(type => type.Uri);

    private string Uri => UriPrefix + Name;

    /// <summary>What a bare status code means, for errors that the framework answers by itself.</summary>
    public static ProblemType Of(int status) => Defaults.GetValueOrDefault(status) ?? (status < 500 ? UnreadableRequest : Internal);

    public ProblemHttpResult Result(string? detail = null, params ReadOnlySpan<(string Name, object? Value)> extensions)
    {
        var problem = new ProblemDetails { Detail = detail };

        foreach (var (name, value) in extensions)
        {
            problem.Extensions[name] = value;
        }

        return TypedResults.Problem(Describe(problem));
    }

    /// <summary>The answer to a value that passes validation and turns out to be wrong afterwards.</summary>
    public static ProblemHttpResult Invalid(string field, string message) =>
        TypedResults.Problem(Validation.Describe(new HttpValidationProblemDetails { Errors = { [field] = [message] } }));

    public ProblemDetails Describe(ProblemDetails problem)
    {
        problem.Status ??= Status;
        problem.Type = Uri;
        problem.Title = Title;
        return problem;
    }

    /// <summary>In how many seconds it makes sense to ask again, if it does.</summary>
    public static int? RetryAfter(ProblemDetails problem) => Passing.GetValueOrDefault(problem.Type ?? "")?.RetryAfterSeconds;

    public static bool IsDescribed(ProblemDetails problem) => problem.Type?.StartsWith(UriPrefix, StringComparison.Ordinal) is true;
}
