namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Something that an application does, or that happens to it.</summary>
/// <param name="Weight">How often it is drawn, compared with the others.</param>
/// <param name="CancelAfter">When its cancellations strike, in milliseconds; the default hits fast statements at random points.</param>
internal sealed record Operation(string Name, int Weight, Func<Visit, Task> RunAsync, int CancelAfter = 6, bool IsAlwaysCancelled = false);

/// <param name="Tenant">For whom.</param>
/// <param name="Other">Which tenant it meets, where it meets one.</param>
/// <param name="Number">Decides whatever else there is to decide.</param>
/// <param name="CancelAfter">Milliseconds; null lets it end.</param>
internal sealed record Step(Operation Operation, int Tenant, int Other, int Number, int? CancelAfter)
{
    public override string ToString() => $"{Operation.Name}({Tenant},{Other},{Number}{(CancelAfter is null ? "" : $",cancel {CancelAfter} ms")})";
}

/// <summary>Steps of one tenant happen in this order; those of different tenants at the same time.</summary>
internal sealed record Interleaving(IReadOnlyList<Step> Steps)
{
    public override string ToString() => $"{Steps.Count} steps: {string.Join(' ', Steps)}";
}
