using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with places for values that are known only at run time.</summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = new([]);

    private readonly List<ExpressionPart> parts;

    internal ReferenceExpression(List<ExpressionPart> parts) => this.parts = parts;

    internal IReadOnlyList<ExpressionPart> Parts => parts;

    /// <summary>The values in the order of their places.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders => [.. parts.Select(part => part.Provider).OfType<IValueProvider>()];

    /// <summary>The text as the manifest writes it.</summary>
    public string ValueExpression => string.Concat(parts.Select(part => part.Literal ?? part.ManifestExpression));

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <summary>The text with all values filled in; null when the expression is empty.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        if (parts.Count == 0)
            return null;

        var texts = new List<string?>(parts.Count);
        foreach (var part in parts)
            texts.Add(await part.GetTextAsync(cancellationToken));
        return string.Concat(texts);
    }

    /// <summary>Lets the compiler turn an interpolated string into an expression.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ReferenceExpressionBuilder builder = new(literalLength > 0 ? formattedCount * 2 + 1 : formattedCount);

        public void AppendLiteral(string value) => builder.AppendLiteral(value);

        public void AppendFormatted(string? value) => builder.AppendFormatted(value);

        public void AppendFormatted(string? value, string? format) => builder.AppendFormatted(value, format);

        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider =>
            builder.AppendFormatted(valueProvider, format);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            builder.AppendFormatted(valueProvider.Resource, format);

        internal ReferenceExpression Build() => builder.Build();
    }
}

/// <summary>Either a literal or a value provider.</summary>
internal sealed record ExpressionPart(string? Literal, IValueProvider? Provider, string? ManifestExpression, string? Format)
{
    public async ValueTask<string?> GetTextAsync(CancellationToken cancellationToken) =>
        Provider is null ? Literal : ValueFormat.Apply(await Provider.GetValueAsync(cancellationToken), Format);
}

internal static class ValueFormat
{
    public const string Uri = "uri";

    public static string? Apply(string? value, string? format) => format?.ToLowerInvariant() switch
    {
        null => value,
        Uri => value is null ? null : System.Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not known in a reference expression; only '{Uri}' is."),
    };
}
