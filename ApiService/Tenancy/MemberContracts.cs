using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed class UpdateMemberRequest : IValidatableObject
{
    public const int MaximumRoles = 20;

    /// <summary>Names of roles, all that the member shall have.</summary>
    [Required, Length(1, MaximumRoles)]
    public IReadOnlyList<string> Roles { get; set; } = [];

    [Required, RegularExpression(MemberStatus.Pattern, ErrorMessage = MemberStatus.Message)]
    public string Status { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Roles.Any(role => role is null) || Roles.Distinct().Count() < Roles.Count
            ? [new ValidationResult("Name each role once.", [nameof(Roles)])]
            : [];
}

public sealed class TransferOwnershipRequest
{
    [Required]
    public Guid? UserId { get; set; }

    /// <summary>The role that the caller has afterwards instead of owner; admin if left out.</summary>
    [StringLength(50, MinimumLength = 1)]
    public string? KeepRole { get; set; }
}

internal static class MemberStatus
{
    public const string Pattern = "^(active|suspended)$";
    public const string Message = "The status is active or suspended.";
}

internal sealed record MemberResponse(
    Guid UserId, string Email, string? Name, string? GivenName, string? FamilyName, string? Picture,
    string[] Roles, string Status, DateTimeOffset Joined, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly Expression<Func<TenantUser, MemberProfile, MemberResponse>> FromMember = (member, profile) => new MemberResponse(
        member.UserId, profile.Email, profile.Name, profile.GivenName, profile.FamilyName, profile.Picture,
        member.Roles, member.Status, member.Joined, member.Created, member.Updated);
}
