using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data;

/// <summary>Functions of schema tenancy that answer what a scope may know of rows that it cannot read.</summary>
internal static class PlatformFunctions
{
    private const string Schema = "tenancy";

    public static void MapFunctions(this ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MemberProfile>().HasNoKey().ToTable((string?)null);
        modelBuilder.Entity<InvitationOffer>().HasNoKey().ToTable((string?)null);
        modelBuilder.HasDbFunction(typeof(PlatformDbContext).GetMethod(nameof(PlatformDbContext.MemberProfiles))!)
            .HasSchema(Schema).HasName("member_profiles");
        modelBuilder.HasDbFunction(typeof(PlatformDbContext).GetMethod(nameof(PlatformDbContext.InvitationOffers))!)
            .HasSchema(Schema).HasName("invitation_offers");
    }
}
