namespace TenantPlatform.ApiService.Notifications;

/// <summary>What messages say. Names in braces are values of the notification; linkBase is known for all of them.</summary>
internal static class MessageTexts
{
    private const string Ignore = "If this was not you, there is nothing to do.";

    private static readonly Dictionary<string, (string Subject, string Text)> Texts = new()
    {
        [NotificationKind.VerifyEmail] = ("Confirm your email address", $$"""
            Somebody signed up with this address. If it was you, finish with the call below within a day:

            POST {linkBase}/auth/verify-email
            {"token":"{token}"}

            {{Ignore}}
            """),
        [NotificationKind.AlreadySignedUp] = ("You have an account already", $$"""
            Somebody signed up with this address, which has an account already. Nothing was changed.
            Sign in with your password; if you have forgotten it, ask for a new one:

            POST {linkBase}/auth/forgot-password
            {"email":"{email}"}

            {{Ignore}}
            """),
        [NotificationKind.ResetPassword] = ("Choose a new password", $$"""
            Somebody forgot the password of this address. If it was you, choose a new one with the call below within an hour:

            POST {linkBase}/auth/reset-password
            {"token":"{token}","password":"..."}

            {{Ignore}}
            """),
        [NotificationKind.ConfirmEmail] = ("Confirm your new email address", $$"""
            Somebody wants to use this address for their account. If it was you, confirm it with the call below within a day:

            POST {linkBase}/auth/confirm-email
            {"token":"{token}"}

            {{Ignore}}
            """),
        [NotificationKind.EmailChanged] = ("The email address of your account changed", """
            Your account now has the address {newEmail}; this one is no longer good for signing in.
            If this was not you, write to us at once.
            """),
        [NotificationKind.Invitation] = ("You are invited", """
            {inviter} invites you to join "{tenant}". See the offer with the call below, until {expires}:

            POST {linkBase}/invitations/offer
            {"tenantId":"{tenantId}","token":"{token}"}

            To accept, sign in with this address, or sign up with it first, and send the same to {linkBase}/invitations/accept.
            To decline, send it to {linkBase}/invitations/reject. If you know nothing of this, there is nothing to do.
            """),
        [NotificationKind.TeamInvitation] = ("You are invited to a team", """
            {inviter} invites you to the team "{team}" of "{tenant}". To join it, sign in and make the call below, until {expires}:

            POST {linkBase}/invitations/accept
            {"tenantId":"{tenantId}","token":"{token}"}

            To decline, send the same to {linkBase}/invitations/reject.
            """),
    };

    public static (string Subject, string Text)? Of(string kind) => Texts.TryGetValue(kind, out var text) ? text : null;
}
