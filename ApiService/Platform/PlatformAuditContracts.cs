using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Audit;

namespace TenantPlatform.ApiService.Platform;

public sealed record PlatformAuditFilter
{
    public Guid? Actor { get; init; }

    [RegularExpression("^(tenant|user)$", ErrorMessage = "The type of resource is tenant or user.")]
    public string? ResourceType { get; init; }

    public Guid? Resource { get; init; }

    internal string List => $"platform audit|{Actor}|{ResourceType}|{Resource}";

    internal IQueryable<PlatformAuditLog> ApplyTo(IQueryable<PlatformAuditLog> logs)
    {
        if (Actor is { } actor) logs = logs.Where(log => log.ActorId == actor);
        if (ResourceType is { } type) logs = logs.Where(log => log.ResourceType == type);
        if (Resource?.ToString() is { } resource) logs = logs.Where(log => log.ResourceId == resource);
        return logs;
    }
}

internal sealed record PlatformAuditResponse(
    Guid Id, Guid Actor, string Action, string ResourceType, string Resource, IReadOnlyDictionary<string, string> Details,
    string? IpAddress, string? UserAgent, string? TraceId, DateTimeOffset Created)
{
    public static readonly Expression<Func<PlatformAuditLog, PlatformAuditResponse>> FromLog = log => new PlatformAuditResponse(
        log.Id, log.ActorId, log.Action, log.ResourceType, log.ResourceId, log.Details, log.IpAddress, log.UserAgent, log.TraceId, log.Created);
}
