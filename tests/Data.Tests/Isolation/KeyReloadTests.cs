using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

/// <summary>A service whose configuration changes while it works; no database is needed.</summary>
public sealed class KeyReloadTests : IAsyncLifetime
{
    private const string Setting = "Tenancy:SigningKey";

    private static readonly string First = new('1', 32);
    private static readonly string Second = new('2', 32);

    private readonly List<string> log = [];
    private readonly AppAccess app;

    public KeyReloadTests()
    {
        app = new AppAccess("Host=none", First, services => services.AddSingleton<ILoggerProvider>(new ListLoggerProvider(log)));
        Assert.Equal(new SigningKey(First).Id, SigningKeyId());
    }

    public static TheoryData<string> Invalid => ["", "too short", new string('x', 65), new string('é', 32)];

    private IConfigurationRoot Configuration => (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public void A_new_key_signs_as_soon_as_the_configuration_has_it()
    {
        Change(Setting, Second);

        Assert.Equal(new SigningKey(Second).Id, SigningKeyId());
        Assert.Contains($"Information: Tenant contexts are signed with key {new SigningKey(Second).Id} from now on", log);
    }

    [Fact]
    public void A_new_lifetime_is_taken_over_too()
    {
        Change("Tenancy:ContextLifetimeSeconds", "3600");

        var expiry = DateTimeOffset.FromUnixTimeSeconds(long.Parse(app.Signer.Sign(TenantContext.ForAuthentication).Split('.')[4], null));

        Assert.InRange(expiry - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_value_is_reported_and_not_used(string value)
    {
        Change(Setting, value);

        Assert.Equal(new SigningKey(First).Id, SigningKeyId());
        Assert.StartsWith("Error: The changed section Tenancy is not used, the former values stay in force: ", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public void A_corrected_value_is_taken_over_after_an_invalid_one()
    {
        Change(Setting, "too short");
        Change(Setting, Second);

        Assert.Equal(new SigningKey(Second).Id, SigningKeyId());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_value_at_the_start_is_refused(string value)
    {
        await using var other = new AppAccess("Host=none", value);

        Assert.Throws<OptionsValidationException>(() => other.Signer.Sign(TenantContext.ForAuthentication));
    }

    private string SigningKeyId() => app.Signer.Sign(TenantContext.ForAuthentication).Split('.')[5];

    private void Change(string setting, string value)
    {
        Configuration[setting] = value;
        Configuration.Reload();
    }
}
