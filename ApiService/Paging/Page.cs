using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Paging;

// Properties instead of a primary constructor: the OpenAPI generator cannot read the attributes of a constructor's parameters.
public sealed record PageRequest
{
    public const int MaximumLimit = 100;

    internal const int DefaultLimit = 20;

    [Range(1, MaximumLimit)]
    public int? Limit { get; init; }

    public string? Cursor { get; init; }

    internal int Size => Limit ?? DefaultLimit;
}

internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
