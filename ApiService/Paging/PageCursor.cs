namespace TenantPlatform.ApiService.Paging;

/// <summary>The last row of a page, newest first. The id decides between rows of the same instant.</summary>
internal readonly record struct PageCursor(DateTimeOffset Created, Guid Id);
