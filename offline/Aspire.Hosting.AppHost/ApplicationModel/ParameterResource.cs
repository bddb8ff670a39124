namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from configuration, a default or a generator.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Lazy<string> value;

    /// <param name="callback">Finds the value; throws <see cref="MissingParameterValueException"/> when there is none.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    public ParameterDefault? Default { get; set; }

    public bool Secret { get; }

    public bool IsConnectionString { get; set; }

    public string? Description { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    internal string ConfigurationKey
    {
        get => field ?? (IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}");
        set;
    }

    /// <summary>Set while the application runs, so that a missing value makes its readers wait instead of fail.</summary>
    internal TaskCompletionSource<string>? Pending { get; set; }

    internal string CurrentValue => value.Value;

    /// <summary>Waits for ever when a running application has no value for the parameter.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Pending is { } pending ? await pending.Task.WaitAsync(cancellationToken) : CurrentValue;
}
