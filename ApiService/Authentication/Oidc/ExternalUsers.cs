using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>Which of our users an identity at the issuer is.</summary>
internal sealed class ExternalUsers(TenancyDb<PlatformDbContext> platform, AccessCache cache, IOptions<OidcOptions> options, TimeProvider time)
{
    private const int MaximumNameLength = 200;
    private const int Attempts = 3;

    /// <summary>The user's id, or why there is none.</summary>
    public async Task<(Guid? UserId, Refusal? Refusal)> FindAsync(ExternalIdentity identity, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await cache.GetAsync(new Key(identity.Subject), cancel => ReadAsync(identity.Subject, cancel), cancellationToken) is { } known)
            {
                return (known.Id, null);
            }

            if (await WelcomeAsync(identity, cancellationToken) is { } refusal)
            {
                return (null, refusal);
            }
        }

        return (null, new Refusal(ProblemType.UnknownIdentity, "The user to whom the identity belongs is changing. Try again."));
    }

    private async Task<KnownUser?> ReadAsync(string subject, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        return await db.Users.WhereMaySignIn(time.GetUtcNow())
            .Where(user => user.ExternalId == subject).Select(user => new KnownUser(user.Id)).SingleOrDefaultAsync(cancellationToken);
    }

    // Null when there is a user now: the next look finds them, and decides about their standing.
    private async Task<Refusal?> WelcomeAsync(ExternalIdentity identity, CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var namesakes = await db.Users.IgnoreQueryFilters()
            .Where(user => user.ExternalId == identity.Subject || (user.Email == identity.Email && user.Deleted == null))
            .OrderBy(user => user.Deleted != null)
            .ToListAsync(cancellationToken);

        if (namesakes.Find(user => user.ExternalId == identity.Subject) is { } former)
        {
            return await RefusalOfAsync(db, former, cancellationToken);
        }

        if (!options.Value.AllowProvisioning || identity is not { Email: not null, EmailVerified: true })
        {
            return new Refusal(ProblemType.UnknownIdentity, options.Value.AllowProvisioning
                ? "No user belongs to the identity, and one is made only for a verified email."
                : "No user belongs to the identity, and none is made at the first sight of one.");
        }

        // Both sides have proven the address. An unverified user could have been made by somebody who waits for its owner.
        if (namesakes.Any(user => user.EmailVerified is null || user.ExternalId is not null))
        {
            return new Refusal(ProblemType.UnknownIdentity, "Another user has the email, who has not verified it or belongs to another identity.");
        }

        var welcome = namesakes.FirstOrDefault() ?? db.Users.Add(NewUser(identity)).Entity;
        welcome.ExternalId = identity.Subject;
        return await SaveAsync(db, cancellationToken);
    }

    // Null when another request has made the user since we looked.
    private async Task<Refusal?> RefusalOfAsync(PlatformDbContext db, User user, CancellationToken cancellationToken) =>
        user.Deleted is not null ? new Refusal(ProblemType.UnknownIdentity, "The user to whom the identity belonged was deleted.")
        : await db.Users.WhereMaySignIn(time.GetUtcNow()).AnyAsync(one => one.Id == user.Id, cancellationToken) ? null
        : new Refusal(ProblemType.AccountBanned, "The user is suspended or banned.");

    private static async Task<Refusal?> SaveAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (ConstraintViolation.IsDuplicate(e, "ix_users_email") || ConstraintViolation.IsDuplicate(e, "ix_users_external_id"))
        {
            // Another request with the person's first token was faster.
        }
        catch (DbUpdateException e) when (ConstraintViolation.Of(e) is { } violation)
        {
            return new Refusal(ProblemType.UnknownIdentity, $"No user can be made of the identity: {violation.Message}");
        }

        return null;
    }

    private User NewUser(ExternalIdentity identity) => new()
    {
        Email = identity.Email!,
        EmailVerified = time.GetUtcNow(),
        Name = identity.Name is { Length: > 0 and <= MaximumNameLength } name ? name : null,
    };

    private sealed record Key(string Subject);

    private sealed record KnownUser(Guid Id) : IRemembered
    {
        public IReadOnlyList<AccessChange> Subjects { get; } = [AccessChange.OfUser(Id)];
    }
}

/// <summary>Why an identity that the issuer vouches for is nobody here.</summary>
internal sealed record Refusal(ProblemType Problem, string Detail);
