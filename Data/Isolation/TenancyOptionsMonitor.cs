using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace TenantPlatform.Data.Isolation;

/// <summary>
/// The options as the configuration has them now. The framework's own monitor throws wherever they are used once a reload
/// has brought invalid ones; a service at work keeps the last valid ones instead, and says so.
/// </summary>
internal sealed class TenancyOptionsMonitor : IOptionsMonitor<TenancyOptions>, IDisposable
{
    private readonly IOptionsFactory<TenancyOptions> factory;
    private readonly ILogger<TenancyOptionsMonitor> logger;
    private readonly IDisposable[] subscriptions;

    private volatile TenancyOptions? current;
    private Action<TenancyOptions, string?>? listeners;

    public TenancyOptionsMonitor(
        IOptionsFactory<TenancyOptions> factory, IEnumerable<IOptionsChangeTokenSource<TenancyOptions>> sources, ILogger<TenancyOptionsMonitor> logger)
    {
        (this.factory, this.logger) = (factory, logger);
        subscriptions = [.. sources.Select(source => ChangeToken.OnChange(source.GetChangeToken, Reload))];
    }

    /// <exception cref="OptionsValidationException">There has never been a valid value.</exception>
    public TenancyOptions CurrentValue => current ??= factory.Create(Options.DefaultName);

    public TenancyOptions Get(string? name) => CurrentValue;

    public IDisposable OnChange(Action<TenancyOptions, string?> listener)
    {
        listeners += listener;
        return new Subscription(() => listeners -= listener);
    }

    public void Dispose() => Array.ForEach(subscriptions, subscription => subscription.Dispose());

    private void Reload()
    {
        try
        {
            var (former, next) = (current, factory.Create(Options.DefaultName));
            current = next;
            listeners?.Invoke(next, Options.DefaultName);

            if (former is not null && former.SigningKey != next.SigningKey)
            {
                logger.LogInformation("Tenant contexts are signed with key {Key} from now on", new SigningKey(next.SigningKey).Id);
            }
        }
        catch (OptionsValidationException e)
        {
            logger.LogError("The changed section {Section} is not used, the former values stay in force: {Reason}", TenancyOptions.Section, e.Message);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
