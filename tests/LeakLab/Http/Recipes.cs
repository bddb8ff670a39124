using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.LeakLab.Http;

/// <summary>
/// What the OpenAPI document cannot say about a valid request. A new operation whose rightful caller the lab cannot imitate is
/// reported as failed with the name of this file: add a line to the table that fits. Rows come from <see cref="Seeder"/>.
/// </summary>
internal static class Recipes
{
    public const string File = "tests/LeakLab/Http/Recipes.cs";

    private const string Permission = "todos:read";

    /// <summary>Operations that serve a suspended tenant's own people.</summary>
    public static readonly IReadOnlySet<string> ServeSuspendedTenants = new HashSet<string> { "GetTenant" };

    /// <summary>Operations that serve the people of a deleted tenant.</summary>
    public static readonly IReadOnlySet<string> ServeDeletedTenants = new HashSet<string> { "RestoreTenant" };

    /// <summary>What must be so before the operation makes sense: SQL for the tenant $1, or null.</summary>
    public static string? Before(ApiOperation operation) => operation.Id switch
    {
        "RestoreTenant" => "update platform.tenants set deleted = now() where id = $1",
        _ => null,
    };

    /// <summary>Who may call the operation in their own tenant, where that is not its owner.</summary>
    public static Actor Caller(ApiOperation operation, Party party) => operation.Id switch
    {
        // The owner would have to hand the tenant over first.
        "DeleteMe" or "LeaveTenant" => party.Member,
        "AcceptInvitation" or "RejectInvitation" => party.Invited,
        _ => party.Owner,
    };

    /// <summary>The value of a path parameter, where it is not the first row of the collection before it.</summary>
    public static string? PathValue(ApiOperation operation, ApiParameter parameter, Party party) => (operation.Id, parameter.Name) switch
    {
        _ => null,
    };

    /// <summary>The value of a query parameter without which the operation is refused.</summary>
    public static string QueryValue(ApiParameter parameter, Party party) => parameter.Name switch
    {
        "permission" => Permission,
        _ => Reference(parameter.Name, party),
    };

    /// <summary>A property of the body, by operation and path, or for every operation by its path alone.</summary>
    public static JsonNode? Property(ApiOperation operation, string path, JsonObject schema, Party party) => (operation.Id, path) switch
    {
        ("SignIn", "email") => party.Owner.Email,
        ("GetInvitationOffer" or "AcceptInvitation" or "RejectInvitation", "token") => party.InvitationToken,
        (_, "token") when party.Tokens.TryGetValue(operation.Id, out var token) => token,
        ("CreateTeamInvitation", "email") => party.Owner.Email,
        ("DeleteMe", "") => new JsonObject { ["password"] = Actor.Password },
        ("UpdatePreferences", "theme") => "dark",
        (_, "slug") => $"slug-{Unique()}",
        (_, "email" or "emails[]" or "newEmail" or "invitations[].email") => $"new-{Unique()}@example.org",
        (_, "password" or "currentPassword") => Actor.Password,
        (_, "language") => "en",
        (_, "roles[]" or "defaultRole") => TenantRole.Member,
        (_, "permissions[]") => Permission,
        ("AddTeamMember", "userId") => party.Owner.UserId.ToString(),
        ("GrantPlatformRole", "role") => "support",
        _ when BodySampler.IsReference(LastName(path), schema) => Reference(LastName(path), party),
        _ => null,
    };

    /// <summary>One's own row for a property that names one: teamId is a row of teams, and what names no collection is a member.</summary>
    public static string Reference(string property, Party party)
    {
        var collection = property.EndsWith("Id", StringComparison.Ordinal) ? property[..^2] + "s"
            : property.EndsWith("Ids", StringComparison.Ordinal) ? property[..^3] + "s" : "members";

        return (party.Rows.GetValueOrDefault(collection) ?? party.Rows["members"])[0];
    }

    private static string LastName(string path) => path.TrimEnd('[', ']').Split('.')[^1];

    private static string Unique() => RandomNumberGenerator.GetHexString(12, lowercase: true);
}
