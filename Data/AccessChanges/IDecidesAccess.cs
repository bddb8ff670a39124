namespace TenantPlatform.Data.AccessChanges;

/// <summary>
/// Rows by which requests are let in or refused. API processes remember such rows, so every change of one is announced to all
/// of them: SaveChanges does it by itself, bulk statements need <see cref="Isolation.TenancyDbContext.Announce"/>.
/// </summary>
public interface IDecidesAccess
{
    AccessChange Change { get; }

    /// <summary>False where nobody can have known anything that a new row contradicts, which spares every sign-in a round trip.</summary>
    bool MattersWhenNew => true;
}
