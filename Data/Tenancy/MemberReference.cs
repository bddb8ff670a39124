using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal static class MemberReference
{
    /// <summary>
    /// The column names a member of the row's tenant, so it can name nobody else. Cascade: the row is the member's.
    /// Restrict: the row outlives the member, and code clears the column first, as Citus knows no SET NULL here.
    /// </summary>
    public static void HasMember<T, TUserId>(this EntityTypeBuilder<T> builder, Expression<Func<T, TUserId>> userId, DeleteBehavior onDelete)
        where T : class =>
        builder.HasOne<TenantUser>().WithMany()
            .HasForeignKey(nameof(ITenantOwned.TenantId), builder.Property(userId).Metadata.Name)
            .OnDelete(onDelete);
}
