using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

public sealed class CreateTeamRequest
{
    [Required, StringLength(100)]
    public string Name { get; set; } = "";

    [StringLength(2000)]
    public string? Description { get; set; }
}

public sealed class UpdateTeamRequest
{
    [Required, StringLength(100)]
    public string Name { get; set; } = "";

    [StringLength(2000)]
    public string? Description { get; set; }
}

public sealed class AddTeamMemberRequest
{
    [Required]
    public Guid? UserId { get; set; }

    /// <summary>Member if left out.</summary>
    [RegularExpression(TeamRoles.Pattern, ErrorMessage = TeamRoles.Message)]
    public string? Role { get; set; }
}

public sealed class UpdateTeamMemberRequest
{
    [Required, RegularExpression(TeamRoles.Pattern, ErrorMessage = TeamRoles.Message)]
    public string Role { get; set; } = "";
}

internal static class TeamRoles
{
    public const string Pattern = "^(lead|member)$";
    public const string Message = "The role in a team is lead or member.";
}

internal sealed record TeamResponse(Guid Id, string Name, string? Description, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly Expression<Func<Team, TeamResponse>> FromTeam = team =>
        new TeamResponse(team.Id, team.Name, team.Description, team.Created, team.Updated);
}

internal sealed record TeamMemberResponse(
    Guid UserId, string Role, string Email, string? Name, string? Picture, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly Expression<Func<TeamMember, MemberProfile, TeamMemberResponse>> FromMember = (member, profile) => new TeamMemberResponse(
        member.UserId, member.Role, profile.Email, profile.Name, profile.Picture, member.Created, member.Updated);
}
