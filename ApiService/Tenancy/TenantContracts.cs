using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed class CreateTenantRequest
{
    [Required, StringLength(200)]
    public string Name { get; set; } = "";

    [RegularExpression(Tenancy.Slug.Pattern, ErrorMessage = Tenancy.Slug.Message)]
    public string? Slug { get; set; }

    /// <summary>Where the tenant's rows are kept: pooled with those of others, which is the default, or in a schema of its own, dedicated.</summary>
    [RegularExpression("^(pooled|dedicated)$", ErrorMessage = "The placement is pooled or dedicated.")]
    public string? Placement { get; set; }
}

public sealed class UpdateTenantRequest
{
    [Required, StringLength(200)]
    public string Name { get; set; } = "";

    [Required, RegularExpression(Tenancy.Slug.Pattern, ErrorMessage = Tenancy.Slug.Message)]
    public string Slug { get; set; } = "";

    [StringLength(2000)]
    public string? Description { get; set; }

    /// <summary>Address of a picture.</summary>
    [StringLength(2048), RegularExpression("^https?://.+$", ErrorMessage = "The address begins with http:// or https://.")]
    public string? Logo { get; set; }
}

public sealed class RestoreTenantRequest
{
    /// <summary>Another slug, should the old one be somebody else's by now.</summary>
    [RegularExpression(Tenancy.Slug.Pattern, ErrorMessage = Tenancy.Slug.Message)]
    public string? Slug { get; set; }
}

public sealed record TenantFilter
{
    /// <summary>Lists the deleted tenants, which their owners can restore, instead of the others.</summary>
    public bool? Deleted { get; init; }
}

internal sealed record TenantResponse(
    Guid Id, string Key, string Slug, string Name, string? Description, string? Logo, string Plan, string Status, string Placement, string[] Roles,
    DateTimeOffset Created, DateTimeOffset Updated, DateTimeOffset? Deleted)
{
    public static readonly Expression<Func<TenantUser, TenantResponse>> FromMembership = member => new TenantResponse(
        member.Tenant.Id, member.Tenant.Key, member.Tenant.Slug, member.Tenant.Name, member.Tenant.Description, member.Tenant.Logo,
        member.Tenant.Plan, member.Tenant.Status, member.Tenant.Placement, member.Roles, member.Tenant.Created, member.Tenant.Updated, member.Tenant.Deleted);

    private static readonly Func<TenantUser, TenantResponse> Compiled = FromMembership.Compile();

    public static TenantResponse From(TenantUser membership) => Compiled(membership);
}
