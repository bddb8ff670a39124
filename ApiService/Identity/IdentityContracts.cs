using System.ComponentModel.DataAnnotations;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

public sealed class SignUpRequest
{
    internal const int MaximumEmailLength = 254;
    internal const int MaximumPasswordLength = 128;

    [Required, StringLength(MaximumEmailLength), RegularExpression(@"^\s*[^@\s]+@[^@\s]+\s*$", ErrorMessage = "This is not an email address.")]
    public string Email { get; set; } = "";

    [Required, StringLength(MaximumPasswordLength, MinimumLength = 8)]
    public string Password { get; set; } = "";

    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; set; }
}

public sealed class SignInRequest
{
    [Required, StringLength(SignUpRequest.MaximumEmailLength)]
    public string Email { get; set; } = "";

    [Required, StringLength(SignUpRequest.MaximumPasswordLength)]
    public string Password { get; set; } = "";
}

internal sealed record SessionResponse(string Token, DateTimeOffset Expires, UserResponse User)
{
    public static SessionResponse From(string token, Session session, User user) => new(token, session.Expires, UserResponse.From(user));
}

internal sealed record UserResponse(Guid Id, string Email, string? Name, DateTimeOffset Created)
{
    public static UserResponse From(User user) => new(user.Id, user.Email, user.Name, user.Created);
}
