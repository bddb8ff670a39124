namespace TenantPlatform.Bench.Api;

/// <param name="Errors">Connections that failed, and answers with another status or body than expected.</param>
internal sealed record LoadResult(long Requests, TimeSpan Duration, TimeSpan P50, TimeSpan P99, long Errors);
