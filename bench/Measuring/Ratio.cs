namespace TenantPlatform.Bench.Measuring;

/// <summary>One variant against another: the two are compared within each round, because machines are busy in turns.</summary>
internal sealed record Ratio(double Median, double Min, double Max)
{
    /// <param name="numerators">By round.</param>
    /// <param name="denominators">By round, as many.</param>
    public static Ratio Of(IEnumerable<double> numerators, IEnumerable<double> denominators)
    {
        var ratios = numerators.Zip(denominators, (numerator, denominator) => numerator / denominator).ToList();
        return new Ratio(ratios.Median(), ratios.Min(), ratios.Max());
    }

    public override string ToString() => $"{Median:0.00} ({Min:0.00}-{Max:0.00})";
}

internal static class Medians
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <param name="share">0.99 for the value that one in a hundred exceeds.</param>
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)((sorted.Count - 1) * share)];
    }
}
