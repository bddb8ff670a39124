namespace TenantPlatform.LeakLab.Http;

/// <summary>One way of trying to reach another tenant through an operation.</summary>
/// <param name="Places">Where in the operation it can be tried; none where it would make no sense, and then there is no cell.</param>
internal sealed record Attack(string Name, Func<ApiOperation, IEnumerable<string>> Places, Func<Probe, string, Task<Outcome>> RunAsync)
{
    public static Attack Once(string name, string place, Func<ApiOperation, bool> applies, Func<Probe, Task<Outcome>> run) =>
        new(name, operation => applies(operation) ? [place] : [], (probe, _) => run(probe));
}

/// <summary>What an attack found out by itself; afterwards the lab looks for marks in the answers and for changes of the victim's rows.</summary>
/// <param name="By">What stopped it.</param>
/// <param name="Leak">What it got, or null.</param>
internal sealed record Outcome(string By, string? Leak = null)
{
    public static Outcome Leaked(string what) => new("", what);
}
