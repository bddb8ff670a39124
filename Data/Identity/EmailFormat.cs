namespace TenantPlatform.Data.Identity;

internal static class EmailFormat
{
    /// <summary>Check of a column named email: lower case, so that one address has one spelling, and of the shape that can be delivered to.</summary>
    public const string Check = "email = lower(email) and email ~ '^[^@\\s]+@[^@\\s]+$' and length(email) <= 254";
}
