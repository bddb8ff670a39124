using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Identity;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasIndex(account => new { account.ProviderId, account.AccountId }).IsUnique();
        builder.HasOne(account => account.User).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_accounts_password_of_credential", $"(password is not null) = (provider_id = '{Account.Credential}')"));
        builder.HasPolicy("own_rows", $"user_id = {Claim.UserId} or {Claim.Scope} = 'auth'");
    }
}
