using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Notifications;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.Property(message => message.Attempts).HasDefaultValue(0).ValueGeneratedNever();
        builder.HasIndex(message => message.NextAttempt).HasFilter("next_attempt is not null");
        builder.HasIndex(message => message.Created);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_outbox_messages_kind_format", "kind ~ '^[a-z][a-z0-9-]{0,49}$'");
            table.HasCheckConstraint("ck_outbox_messages_recipient_length", "length(recipient) between 3 and 254");
            table.HasCheckConstraint("ck_outbox_messages_attempts", "attempts >= 0");
            table.HasCheckConstraint("ck_outbox_messages_error_length", "length(error) between 1 and 1000");
            table.HasCheckConstraint("ck_outbox_messages_payload_of_unsent", "(payload is not null) = (next_attempt is not null)");
        });

        // Whoever has a context may give rise to a message; only the process that sends them reads one.
        builder.HasInsertPolicy("add", $"{Claim.Scope} is not null");
        builder.HasReadPolicy("read", $"{Claim.Scope} = 'delivery'");
        builder.HasUpdatePolicy("change", $"{Claim.Scope} = 'delivery'", $"{Claim.Scope} = 'delivery'");
    }
}
