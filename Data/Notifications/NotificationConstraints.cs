namespace TenantPlatform.Data.Notifications;

internal static class NotificationConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_outbox_messages_kind_format"] = new("kind", "The kind must have 1 to 50 characters a-z, 0-9 and '-', and begin with a letter."),
        ["ck_outbox_messages_recipient_length"] = new("email", "The address must have 3 to 254 characters."),
        ["ck_outbox_messages_attempts"] = new("attempts", "The number of attempts must not be negative."),
        ["ck_outbox_messages_error_length"] = new("error", "The error must have 1 to 1000 characters."),
        ["ck_outbox_messages_payload_of_unsent"] = new("payload", "A message has a payload exactly while it is still to be sent."),
    };
}
