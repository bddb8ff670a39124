using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Identity;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    private const string Trusted = $"{Claim.Scope} in ('auth', 'platform')";
    private const string OneselfInGoodStanding = $"id = {Claim.UserId} and {Claim.Scope} = 'user' and status = 'active' and not banned";

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Property(user => user.Language).HasDefaultValue("en").ValueGeneratedNever();
        builder.Property(user => user.Preferences).HasJson(new());
        builder.Property(user => user.Status).HasDefaultValue(UserStatus.Active).ValueGeneratedNever();
        builder.Property(user => user.Banned).HasDefaultValue(false).ValueGeneratedNever();
        builder.Property(user => user.OnboardingCompleted).HasDefaultValue(false).ValueGeneratedNever();
        builder.HasIndex(user => user.Email).IsUnique().HasFilter("deleted is null");
        builder.HasIndex(user => user.ExternalId).IsUnique().HasFilter("deleted is null");
        builder.HasIndex(user => user.InviteTokenHash).IsUnique();
        builder.ToTable(AddChecks);
        builder.HasReadPolicy("read", $"id = {Claim.UserId} or {Trusted}");
        builder.HasInsertPolicy("add", Trusted);

        // A person may change their address, but neither declare it verified nor take over somebody's external identity.
        builder.HasUpdatePolicy(
            "change",
            visible: $"({OneselfInGoodStanding}) or {Trusted}",
            writable: $"({OneselfInGoodStanding} and tenancy.is_my_identity(email, email_verified, external_id)) or {Trusted}");
    }

    private static void AddChecks(TableBuilder<User> table)
    {
        table.HasCheckConstraint("ck_users_email_format", EmailFormat.Check);
        table.HasCheckConstraint("ck_users_name_length", "length(name) between 1 and 200");
        table.HasCheckConstraint("ck_users_given_name_length", "length(given_name) between 1 and 100");
        table.HasCheckConstraint("ck_users_family_name_length", "length(family_name) between 1 and 100");
        table.HasCheckConstraint("ck_users_picture_url", "picture ~ '^https?://' and length(picture) <= 2048");
        table.HasCheckConstraint("ck_users_language_format", "language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$'");
        table.HasCheckConstraint("ck_users_external_id_length", "length(external_id) between 1 and 255");
        table.HasCheckConstraint("ck_users_status", "status in ('active', 'invited', 'suspended')");
        table.HasCheckConstraint("ck_users_ban", "banned or (ban_reason is null and ban_expires is null)");
        table.HasCheckConstraint("ck_users_ban_reason_length", "length(ban_reason) between 1 and 1000");
        table.HasCheckConstraint("ck_users_invite_token_hash_length", "octet_length(invite_token_hash) = 32");
        table.HasCheckConstraint("ck_users_invite_expires", "(invite_token_hash is null) = (invite_expires is null)");
        table.HasCheckConstraint(
            "ck_users_preferences_theme",
            """not preferences @? '$.theme ? (@.type() != "string" || !(@ == "light" || @ == "dark" || @ == "system"))'""");
        table.HasCheckConstraint(
            "ck_users_preferences_notifications",
            """not preferences @? '$.notifications ? (@.type() != "object")' and not preferences @? '$.notifications.* ? (@.type() != "boolean")'""");
    }
}
