namespace TenantPlatform.LeakLab.Database;

internal static class Verdicts
{
    /// <summary>Of one cell that was tried in several ways: the worst of them counts.</summary>
    public static Verdict Worst(this IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.Distinct().ToList();
        var worst = all.OfType<Verdict.Leaked>().FirstOrDefault()
            ?? all.OfType<Verdict.Void>().FirstOrDefault()
            ?? (Verdict?)all.OfType<Verdict.Accepted>().FirstOrDefault();
        return worst ?? new Verdict.Held(string.Join("; ", all.OfType<Verdict.Held>().Select(held => held.By)));
    }
}
