using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

public sealed class SignUpRequest
{
    internal const int MinimumPasswordLength = 8;
    internal const int MaximumPasswordLength = 128;

    [Required, StringLength(Identity.Email.MaximumLength), RegularExpression(Identity.Email.Pattern, ErrorMessage = Identity.Email.PatternMessage)]
    public string Email { get; set; } = "";

    [Required, StringLength(MaximumPasswordLength, MinimumLength = MinimumPasswordLength)]
    public string Password { get; set; } = "";

    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; set; }
}

public sealed class SignInRequest
{
    [Required, StringLength(Identity.Email.MaximumLength)]
    public string Email { get; set; } = "";

    [Required, StringLength(SignUpRequest.MaximumPasswordLength)]
    public string Password { get; set; } = "";
}

public sealed class EmailRequest
{
    [Required, StringLength(Identity.Email.MaximumLength), RegularExpression(Identity.Email.Pattern, ErrorMessage = Identity.Email.PatternMessage)]
    public string Email { get; set; } = "";
}

public sealed class TokenRequest
{
    internal const int MaximumLength = 400;

    [Required, StringLength(MaximumLength)]
    public string Token { get; set; } = "";
}

public sealed class ResetPasswordRequest
{
    [Required, StringLength(TokenRequest.MaximumLength)]
    public string Token { get; set; } = "";

    [Required, StringLength(SignUpRequest.MaximumPasswordLength, MinimumLength = SignUpRequest.MinimumPasswordLength)]
    public string Password { get; set; } = "";
}

public sealed class ChangePasswordRequest
{
    [Required, StringLength(SignUpRequest.MaximumPasswordLength)]
    public string CurrentPassword { get; set; } = "";

    [Required, StringLength(SignUpRequest.MaximumPasswordLength, MinimumLength = SignUpRequest.MinimumPasswordLength)]
    public string NewPassword { get; set; } = "";
}

public sealed class ChangeEmailRequest
{
    [Required, StringLength(Email.MaximumLength), RegularExpression(Email.Pattern, ErrorMessage = Email.PatternMessage)]
    public string NewEmail { get; set; } = "";

    [Required, StringLength(SignUpRequest.MaximumPasswordLength)]
    public string Password { get; set; } = "";
}

public sealed class DeleteAccountRequest
{
    [StringLength(SignUpRequest.MaximumPasswordLength, MinimumLength = 1)]
    public string? Password { get; set; }
}

/// <summary>What everybody gets who names an address, whoever has it.</summary>
internal sealed record AcceptedResponse(string Detail)
{
    public static readonly Accepted<AcceptedResponse> Result = TypedResults.Accepted(
        (string?)null, new AcceptedResponse("What comes next is in a message to the address."));
}

/// <param name="Token">Null when it was delivered as a cookie.</param>
internal sealed record SessionResponse(string? Token, DateTimeOffset Expires, UserResponse User)
{
    public static SessionResponse From(string token, Session session, User user) => new(token, session.Expires, UserResponse.From(user));
}

internal sealed record UserResponse(
    Guid Id, string Email, string? Name, string? GivenName, string? FamilyName, string? Picture, string Language, DateTimeOffset Created)
{
    public static UserResponse From(User user) =>
        new(user.Id, user.Email, user.Name, user.GivenName, user.FamilyName, user.Picture, user.Language, user.Created);
}
