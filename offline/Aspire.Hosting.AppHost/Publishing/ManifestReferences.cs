using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Turns values into manifest expressions and remembers what they refer to.</summary>
internal sealed class ManifestReferences
{
    private readonly List<ParameterResource> parameters = [];
    private readonly Dictionary<ParameterResource, List<string>> formats = [];

    /// <summary>The parameters met so far, also those that are no part of the model, in the order they were met.</summary>
    public IReadOnlyList<ParameterResource> Parameters => parameters;

    public string? Express(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        ReferenceExpression expression => string.Concat(expression.Parts.Select(ExpressPart)),
        ConnectionStringReference reference => Express(reference.Resource),
        ParameterResource and not IResourceWithConnectionString => ExpressParameter((ParameterResource)value, null),
        IManifestExpressionProvider provider => provider.ValueExpression,
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new DistributedApplicationException($"A value of type '{value.GetType()}' cannot be written to the manifest."),
    };

    public IEnumerable<string> FormatsOf(ParameterResource parameter) => formats.GetValueOrDefault(parameter) ?? [];

    public static string FormattedName(ParameterResource parameter, string format) => $"{parameter.Name}-{format}-encoded";

    private string? ExpressPart(ExpressionPart part) => part.Provider switch
    {
        null => part.Literal,
        ParameterResource parameter and not IResourceWithConnectionString => ExpressParameter(parameter, part.Format),
        ReferenceExpression nested => Express(nested),
        _ => part.ManifestExpression,
    };

    private string ExpressParameter(ParameterResource parameter, string? format)
    {
        if (!parameters.Contains(parameter))
            parameters.Add(parameter);
        if (format is null)
            return parameter.ValueExpression;

        var known = formats.TryGetValue(parameter, out var existing) ? existing : formats[parameter] = [];
        if (!known.Contains(format))
            known.Add(format);
        return $"{{{FormattedName(parameter, format)}.value}}";
    }
}
