using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

/// <summary>Hashes and checks passwords. Checking takes the same time whether or not there is an account.</summary>
internal sealed class Passwords(IPasswordHasher<User> hasher)
{
    // The hasher does not look at the user.
    private static readonly User Nobody = new() { Email = "" };

    private readonly string nobodysHash = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    public bool Match([NotNullWhen(true)] Account? account, string password)
    {
        var result = hasher.VerifyHashedPassword(Nobody, account?.Password ?? nobodysHash, password);

        if (account is null || result is PasswordVerificationResult.Failed)
        {
            return false;
        }

        if (result is PasswordVerificationResult.SuccessRehashNeeded)
        {
            account.Password = Hash(password);
        }

        return true;
    }
}
