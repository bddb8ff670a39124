using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed record MemberFilter
{
    /// <summary>A part of a name or an email.</summary>
    [StringLength(100)]
    public string? Q { get; init; }

    [StringLength(50)]
    public string? Role { get; init; }

    [RegularExpression(MemberStatus.Pattern, ErrorMessage = MemberStatus.Message)]
    public string? Status { get; init; }

    internal IQueryable<TenantUser> ApplyTo(IQueryable<TenantUser> members)
    {
        if (Role is { } role) members = members.Where(member => member.Roles.Contains(role));
        if (Status is { } status) members = members.Where(member => member.Status == status);
        return members;
    }

    internal IQueryable<MemberProfile> ApplyTo(IQueryable<MemberProfile> profiles)
    {
        if (string.IsNullOrEmpty(Q))
        {
            return profiles;
        }

        var pattern = SearchPattern.Containing(Q);
        return profiles.Where(profile =>
            EF.Functions.ILike(profile.Email, pattern, SearchPattern.Escape)
            || EF.Functions.ILike(profile.Name ?? "", pattern, SearchPattern.Escape)
            || EF.Functions.ILike((profile.GivenName ?? "") + " " + (profile.FamilyName ?? ""), pattern, SearchPattern.Escape));
    }

    /// <summary>Names the list that this filter makes of a tenant's members, for its cursors.</summary>
    internal string ListOf(Guid tenantId) => $"members of {tenantId}|{Role}|{Status}|{Q}";
}
