using FsCheck;
using FsCheck.Fluent;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Random interleavings, and smaller ones of an interleaving that failed.</summary>
internal static class RandomInterleavings
{
    private const int Numbers = 1_000_000;

    // Shrinking runs the steps again, so it takes away large pieces only.
    private const int Pieces = 8;

    private static readonly Gen<Operation> AnyOperation =
        Gen.Frequency(Operations.All.Select(operation => (operation.Weight, Gen.Constant(operation))));

    private static readonly Gen<Step> AnyStep =
        from operation in AnyOperation
        from tenant in Gen.Choose(0, Arena.TenantCount - 1)
        from other in Gen.Choose(1, Arena.TenantCount - 1)
        from number in Gen.Choose(0, Numbers)
        from chance in Gen.Choose(1, 10)
        from milliseconds in Gen.Choose(0, operation.CancelAfter)
        select new Step(
            operation, tenant, (tenant + other) % Arena.TenantCount, number, chance == 1 || operation.IsAlwaysCancelled ? milliseconds : null);

    public static Gen<Interleaving> OfSteps(int count) => AnyStep.ListOf(count).Select(steps => new Interleaving([.. steps]));

    public static Arbitrary<Interleaving> Arbitrary(int count) => Arb.From(OfSteps(count), Shrink);

    private static IEnumerable<Interleaving> Shrink(Interleaving failed)
    {
        var piece = Math.Max(1, failed.Steps.Count / Pieces);

        if (failed.Steps.Count > 1)
        {
            yield return new Interleaving([.. failed.Steps.Take(failed.Steps.Count / 2)]);
            yield return new Interleaving([.. failed.Steps.Skip(failed.Steps.Count / 2)]);
        }

        for (var start = 0; start < failed.Steps.Count && failed.Steps.Count > Pieces; start += piece)
            yield return new Interleaving([.. failed.Steps.Take(start), .. failed.Steps.Skip(start + piece)]);
    }
}
