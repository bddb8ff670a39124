using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed class CreateTenantRequest
{
    [Required, StringLength(200)]
    public string Name { get; set; } = "";

    [RegularExpression(
        "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        ErrorMessage = "A slug has 1 to 63 characters a-z, 0-9 and '-', and neither begins nor ends with '-'.")]
    public string? Slug { get; set; }
}

internal sealed record TenantResponse(Guid Id, string Key, string Slug, string Name, string Status, string[] Roles, DateTimeOffset Created)
{
    public static readonly Expression<Func<TenantUser, TenantResponse>> FromMembership = member => new TenantResponse(
        member.Tenant.Id, member.Tenant.Key, member.Tenant.Slug, member.Tenant.Name, member.Tenant.Status, member.Roles, member.Tenant.Created);

    private static readonly Func<TenantUser, TenantResponse> Compiled = FromMembership.Compile();

    public static TenantResponse From(TenantUser membership) => Compiled(membership);
}
