using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Identity;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    // Not in scope tenant: nothing that is done inside a tenant needs anybody's secrets, not even one's own.
    private const string OwnOrAuth = $"(user_id = {Claim.UserId} and {Claim.Scope} = 'user') or {Claim.Scope} = 'auth'";

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasIndex(account => new { account.ProviderId, account.AccountId }).IsUnique().HasFilter("deleted is null");
        builder.HasOne(account => account.User).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_accounts_provider_id_length", "length(provider_id) between 1 and 100");
            table.HasCheckConstraint("ck_accounts_account_id_length", "length(account_id) between 1 and 255");
            table.HasCheckConstraint("ck_accounts_password_of_credential", $"(password is not null) = (provider_id = '{Account.Credential}')");
            table.HasCheckConstraint(
                "ck_accounts_tokens_of_provider",
                $"provider_id <> '{Account.Credential}' or (access_token is null and refresh_token is null and id_token is null)");
        });
        builder.HasReadPolicy("read", OwnOrAuth);
        builder.HasInsertPolicy("add", $"{Claim.Scope} = 'auth'");
        builder.HasUpdatePolicy("change", OwnOrAuth, OwnOrAuth);
    }
}
