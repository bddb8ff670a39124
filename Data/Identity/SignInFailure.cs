namespace TenantPlatform.Data.Identity;

/// <summary>Failed sign-ins with one email address, whether or not anybody has it: a lock must not tell.</summary>
public sealed class SignInFailure : ITimestamped
{
    /// <summary>SHA-256 of the address in lower case.</summary>
    public required byte[] EmailHash { get; init; }

    /// <summary>In a row; 0 after a sign-in that succeeded.</summary>
    public int Failures { get; set; }

    /// <summary>Until then, sign-ins with the address are refused unseen.</summary>
    public DateTimeOffset? BlockedUntil { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public void Forget() => (Failures, BlockedUntil) = (0, null);
}
