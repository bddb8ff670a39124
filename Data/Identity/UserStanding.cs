namespace TenantPlatform.Data.Identity;

public static class UserStanding
{
    /// <summary>Those in good standing: active, and not banned, or not any more.</summary>
    public static IQueryable<User> WhereMaySignIn(this IQueryable<User> users, DateTimeOffset now) =>
        users.Where(user => user.Status == UserStatus.Active && (!user.Banned || user.BanExpires <= now));
}
