namespace TenantPlatform.ApiService.Notifications;

/// <summary>Something that a person must be told, by email.</summary>
/// <param name="Kind">One of <see cref="NotificationKind"/>.</param>
/// <param name="Recipient">Email address.</param>
/// <param name="Values">What the text of the message is made of, such as the token of a link. Kept encrypted until it is sent.</param>
internal sealed record Notification(string Kind, string Recipient, IReadOnlyDictionary<string, string> Values);

/// <summary>What <see cref="MessageTexts"/> has words for; of another kind, a message lists its values.</summary>
internal static class NotificationKind
{
    public const string VerifyEmail = "verify-email";
    public const string AlreadySignedUp = "already-signed-up";
    public const string ResetPassword = "reset-password";
    public const string ConfirmEmail = "confirm-email";
    public const string EmailChanged = "email-changed";
    public const string Invitation = "invitation";
    public const string TeamInvitation = "team-invitation";
}
