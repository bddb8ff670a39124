namespace Aspire.Hosting.ApplicationModel;

/// <summary>Puts a <see cref="ReferenceExpression"/> together piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly List<ExpressionPart> parts;

    public ReferenceExpressionBuilder() : this(0)
    {
    }

    internal ReferenceExpressionBuilder(int capacity) => parts = new List<ExpressionPart>(capacity);

    public bool IsEmpty => parts.Count == 0;

    public void Append(in ReferenceExpression.ExpressionInterpolatedStringHandler handler) => parts.AddRange(handler.Build().Parts);

    public void AppendLiteral(string value)
    {
        if (value.Length > 0)
            parts.Add(new ExpressionPart(value, null, null, null));
    }

    public void AppendFormatted(string? value) => AppendLiteral(value ?? "");

    public void AppendFormatted(string? value, string? format) => AppendLiteral(ValueFormat.Apply(value, format) ?? "");

    public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
        AppendFormatted(valueProvider, null);

    public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider =>
        parts.Add(new ExpressionPart(null, valueProvider, valueProvider.ValueExpression, format));

    public ReferenceExpression Build() => new([.. parts]);
}
