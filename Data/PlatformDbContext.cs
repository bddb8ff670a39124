using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Audit;
using TenantPlatform.Data.Billing;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Notifications;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data;

/// <summary>The control plane, schema platform: people, tenants and who belongs where.</summary>
public sealed class PlatformDbContext(DbContextOptions<PlatformDbContext> options) : TenancyDbContext(options)
{
    public const string Schema = "platform";

    public DbSet<User> Users => Set<User>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Verification> Verifications => Set<Verification>();

    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<TenantUser> TenantUsers => Set<TenantUser>();

    public DbSet<PlatformUser> PlatformUsers => Set<PlatformUser>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();

    public DbSet<TeamInvitation> TeamInvitations => Set<TeamInvitation>();

    public DbSet<TenantSchema> TenantSchemas => Set<TenantSchema>();

    public DbSet<TenantMove> TenantMoves => Set<TenantMove>();

    public DbSet<PermissionEntry> Permissions => Set<PermissionEntry>();

    public DbSet<Role> Roles => Set<Role>();

    public DbSet<Plan> Plans => Set<Plan>();

    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    public DbSet<SystemMetric> SystemMetrics => Set<SystemMetric>();

    public DbSet<ErrorLog> ErrorLogs => Set<ErrorLog>();

    public DbSet<PlatformAuditLog> PlatformAuditLogs => Set<PlatformAuditLog>();

    public DbSet<TenantEntry> TenantEntries => Set<TenantEntry>();

    public DbSet<SignInFailure> SignInFailures => Set<SignInFailure>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    /// <summary>The people of the context's tenant, whose users rows nobody else may read. Join it, or select from it.</summary>
    public IQueryable<MemberProfile> MemberProfiles() => FromExpression(() => MemberProfiles());

    /// <summary>The invitation, to the tenant or to a team, that a link is about; in any scope, as whoever has the token was invited.</summary>
    public IQueryable<InvitationOffer> InvitationOffers(Guid tenantId, byte[] tokenHash) =>
        FromExpression(() => InvitationOffers(tenantId, tokenHash));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfiguration(new UserConfiguration());
        modelBuilder.ApplyConfiguration(new AccountConfiguration());
        modelBuilder.ApplyConfiguration(new SessionConfiguration());
        modelBuilder.ApplyConfiguration(new VerificationConfiguration());
        modelBuilder.ApplyConfiguration(new TenantConfiguration());
        modelBuilder.ApplyConfiguration(new TenantUserConfiguration());
        modelBuilder.ApplyConfiguration(new PlatformUserConfiguration());
        modelBuilder.ApplyConfiguration(new InvitationConfiguration());
        modelBuilder.ApplyConfiguration(new TeamConfiguration());
        modelBuilder.ApplyConfiguration(new TeamMemberConfiguration());
        modelBuilder.ApplyConfiguration(new TeamInvitationConfiguration());
        modelBuilder.ApplyConfiguration(new TenantSchemaConfiguration());
        modelBuilder.ApplyConfiguration(new TenantMoveConfiguration());
        modelBuilder.ApplyConfiguration(new PermissionEntryConfiguration());
        modelBuilder.ApplyConfiguration(new RoleConfiguration());
        modelBuilder.ApplyConfiguration(new PlanConfiguration());
        modelBuilder.ApplyConfiguration(new SubscriptionConfiguration());
        modelBuilder.ApplyConfiguration(new SystemMetricConfiguration());
        modelBuilder.ApplyConfiguration(new ErrorLogConfiguration());
        modelBuilder.ApplyConfiguration(new PlatformAuditLogConfiguration());
        modelBuilder.ApplyConfiguration(new TenantEntryConfiguration());
        modelBuilder.ApplyConfiguration(new SignInFailureConfiguration());
        modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration());
        modelBuilder.MapFunctions();
        modelBuilder.FilterByTenant(this);
    }
}
