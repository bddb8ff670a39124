using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Audit;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Onboarding;
using TenantPlatform.Data.Reporting;
using TenantPlatform.Data.Settings;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Data.Todos;
using TenantPlatform.Data.Usage;

namespace TenantPlatform.Data;

/// <summary>The tenant plane: rows of one tenant. Its tables carry no schema; tenancy.enter sets the search_path to where the tenant lives.</summary>
public sealed class TenantDbContext(DbContextOptions<TenantDbContext> options) : TenancyDbContext(options)
{
    /// <summary>Where tenants live together, told apart by row-level security.</summary>
    public const string PooledSchema = "pooled";

    public DbSet<Todo> Todos => Set<Todo>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<UsageCounter> UsageCounters => Set<UsageCounter>();

    public DbSet<OnboardingPath> OnboardingPaths => Set<OnboardingPath>();

    public DbSet<OnboardingStep> OnboardingSteps => Set<OnboardingStep>();

    public DbSet<OnboardingContent> OnboardingContent => Set<OnboardingContent>();

    public DbSet<OnboardingSession> OnboardingSessions => Set<OnboardingSession>();

    public DbSet<UserProgress> UserProgress => Set<UserProgress>();

    public DbSet<TenantOnboardingConfig> TenantOnboardingConfigs => Set<TenantOnboardingConfig>();

    public DbSet<OnboardingMilestone> OnboardingMilestones => Set<OnboardingMilestone>();

    public DbSet<UserAchievement> UserAchievements => Set<UserAchievement>();

    public DbSet<OnboardingEvent> OnboardingAnalytics => Set<OnboardingEvent>();

    public DbSet<AuditLog> AuditLogs => Set<AuditLog>();

    public DbSet<ReportWeek> ReportWeeks => Set<ReportWeek>();

    public DbSet<SyncRun> SyncRuns => Set<SyncRun>();

    public DbSet<CtRawSnapshot> CtRawSnapshots => Set<CtRawSnapshot>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new TodoConfiguration());
        modelBuilder.ApplyConfiguration(new SettingConfiguration());
        modelBuilder.ApplyConfiguration(new UsageCounterConfiguration());
        modelBuilder.ApplyConfiguration(new OnboardingPathConfiguration());
        modelBuilder.ApplyConfiguration(new OnboardingStepConfiguration());
        modelBuilder.ApplyConfiguration(new OnboardingContentConfiguration());
        modelBuilder.ApplyConfiguration(new OnboardingSessionConfiguration());
        modelBuilder.ApplyConfiguration(new UserProgressConfiguration());
        modelBuilder.ApplyConfiguration(new TenantOnboardingConfigConfiguration());
        modelBuilder.ApplyConfiguration(new OnboardingMilestoneConfiguration());
        modelBuilder.ApplyConfiguration(new UserAchievementConfiguration());
        modelBuilder.ApplyConfiguration(new OnboardingEventConfiguration());
        modelBuilder.ApplyConfiguration(new AuditLogConfiguration());
        modelBuilder.ApplyConfiguration(new ReportWeekConfiguration());
        modelBuilder.ApplyConfiguration(new SyncRunConfiguration());
        modelBuilder.ApplyConfiguration(new CtRawSnapshotConfiguration());

        // Control-plane tables are mapped only to be referenced; PlatformDbContext owns and migrates them.
        modelBuilder.ApplyConfiguration(new UserConfiguration());
        modelBuilder.ApplyConfiguration(new TenantConfiguration());
        modelBuilder.ApplyConfiguration(new TenantUserConfiguration());
        modelBuilder.Entity<User>().ToTable("users", PlatformDbContext.Schema, table => table.ExcludeFromMigrations());
        modelBuilder.Entity<Tenant>().ToTable("tenants", PlatformDbContext.Schema, table => table.ExcludeFromMigrations());
        modelBuilder.Entity<TenantUser>().ToTable("tenant_users", PlatformDbContext.Schema, table => table.ExcludeFromMigrations());

        modelBuilder.FilterByTenant(this);
    }
}
