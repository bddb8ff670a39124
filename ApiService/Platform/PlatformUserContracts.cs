using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Platform;

public sealed record PlatformUserFilter
{
    /// <summary>A part of an email or a name.</summary>
    [StringLength(100)]
    public string? Q { get; init; }

    internal string List => $"all users|{Q}";

    internal IQueryable<User> ApplyTo(IQueryable<User> users)
    {
        if (string.IsNullOrEmpty(Q)) return users;

        var pattern = SearchPattern.Containing(Q);
        return users.Where(user =>
            EF.Functions.ILike(user.Email, pattern, SearchPattern.Escape)
            || EF.Functions.ILike(user.Name ?? "", pattern, SearchPattern.Escape)
            || EF.Functions.ILike((user.GivenName ?? "") + " " + (user.FamilyName ?? ""), pattern, SearchPattern.Escape));
    }
}

public sealed class BanRequest
{
    /// <summary>For the staff and the audit log; the user is not told.</summary>
    [Required, StringLength(500, MinimumLength = 1)]
    public string Reason { get; set; } = "";

    /// <summary>Without, the ban lasts until somebody lifts it.</summary>
    public DateTimeOffset? Until { get; set; }
}

internal sealed record PlatformUserResponse(
    Guid Id, string Email, DateTimeOffset? EmailVerified, string? Name, string? GivenName, string? FamilyName, string Status,
    bool Banned, string? BanReason, DateTimeOffset? BanExpires, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly Expression<Func<User, PlatformUserResponse>> FromUser = user => new PlatformUserResponse(
        user.Id, user.Email, user.EmailVerified, user.Name, user.GivenName, user.FamilyName, user.Status,
        user.Banned, user.BanReason, user.BanExpires, user.Created, user.Updated);

    private static readonly Func<User, PlatformUserResponse> Compiled = FromUser.Compile();

    public static PlatformUserResponse From(User user) => Compiled(user);
}
