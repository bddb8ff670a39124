using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

public sealed class ReasonRequest
{
    /// <summary>For the audit log.</summary>
    [Required, StringLength(500, MinimumLength = 1)]
    public string Reason { get; set; } = "";
}

public sealed record PlatformTenantFilter
{
    /// <summary>A part of a name, a slug or a key.</summary>
    [StringLength(100)]
    public string? Q { get; init; }

    [RegularExpression("^(provisioning|active|suspended)$", ErrorMessage = "The status is provisioning, active or suspended.")]
    public string? Status { get; init; }

    /// <summary>Lists the deleted tenants instead of the others.</summary>
    public bool? Deleted { get; init; }

    internal string List => $"all tenants|{Status}|{Deleted is true}|{Q}";

    internal IQueryable<Tenant> ApplyTo(IQueryable<Tenant> tenants)
    {
        tenants = Deleted is true ? tenants.IgnoreQueryFilters().Where(tenant => tenant.Deleted != null) : tenants;
        if (Status is { } status) tenants = tenants.Where(tenant => tenant.Status == status);
        if (string.IsNullOrEmpty(Q)) return tenants;

        var pattern = SearchPattern.Containing(Q);
        return tenants.Where(tenant =>
            EF.Functions.ILike(tenant.Name, pattern, SearchPattern.Escape)
            || EF.Functions.ILike(tenant.Slug, pattern, SearchPattern.Escape)
            || EF.Functions.ILike(tenant.Key, pattern, SearchPattern.Escape));
    }
}

internal sealed record PlatformTenantResponse(
    Guid Id, string Key, string Slug, string Name, string? Description, string Plan, string Status, string Placement, Guid? CreatedBy,
    DateTimeOffset Created, DateTimeOffset Updated, DateTimeOffset? Deleted)
{
    public static readonly Expression<Func<Tenant, PlatformTenantResponse>> FromTenant = tenant => new PlatformTenantResponse(
        tenant.Id, tenant.Key, tenant.Slug, tenant.Name, tenant.Description, tenant.Plan, tenant.Status, tenant.Placement, tenant.CreatedBy,
        tenant.Created, tenant.Updated, tenant.Deleted);

    private static readonly Func<Tenant, PlatformTenantResponse> Compiled = FromTenant.Compile();

    public static PlatformTenantResponse From(Tenant tenant) => Compiled(tenant);
}
