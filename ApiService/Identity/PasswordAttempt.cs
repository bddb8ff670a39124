using System.Diagnostics.CodeAnalysis;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

internal sealed class PasswordAttempt
{
    public static readonly PasswordAttempt Wrong = new();

    private SignInFailure? counted;

    private PasswordAttempt()
    {
    }

    [MemberNotNullWhen(true, nameof(Account))]
    public bool IsRight => Account is not null;

    /// <summary>With its user.</summary>
    public Account? Account { get; private init; }

    /// <summary>Until the next attempt is looked at; this one was not. Null if it was.</summary>
    public TimeSpan? Wait { get; private init; }

    public static PasswordAttempt TooEarly(TimeSpan wait) => new() { Wait = wait };

    public static PasswordAttempt Right(Account account, SignInFailure counted) => new() { Account = account, counted = counted };

    /// <summary>Takes the count back, with all failures before; the caller saves.</summary>
    public void Forgive() => counted?.Forget();
}
