using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.Schema.Tests;

/// <summary>The smallest entity that somebody might add tomorrow.</summary>
public sealed class Note : ITenantOwned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Text { get; set; }

    public Guid TodoId { get; init; }

    public Todo Todo { get; init; } = null!;
}
