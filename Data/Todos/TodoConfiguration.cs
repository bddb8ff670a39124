using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Todos;

internal sealed class TodoConfiguration : IEntityTypeConfiguration<Todo>
{
    public void Configure(EntityTypeBuilder<Todo> builder)
    {
        builder.Property(todo => todo.Completed).HasDefaultValue(false).ValueGeneratedNever();
        builder.Property(todo => todo.Priority).HasDefaultValue(3).ValueGeneratedNever();
        builder.HasIndex(todo => new { todo.Created, todo.Id }).IsDescending();
        builder.HasMember(todo => todo.CreatedBy, DeleteBehavior.Cascade);
        builder.HasMember(todo => todo.AssignedTo, DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_todos_title_length", "length(title) between 1 and 500");
            table.HasCheckConstraint("ck_todos_description_length", "length(description) <= 10000");
            table.HasCheckConstraint("ck_todos_priority_range", "priority between 1 and 5");
        });
    }
}
