namespace TenantPlatform.ApiService.Tests.Authentication.Oidc;

/// <summary>An API that accepts the tokens of an issuer of its own.</summary>
public sealed class OidcApi(ApiFixture fixture) : IAsyncLifetime
{
    private const string Section = "Authentication:Oidc";

    private Api? api;

    internal Api Api => api!;

    internal TestIssuer Issuer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        api = Start(fixture, Issuer);
        await api.HearsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    internal static Api Start(ApiFixture fixture, TestIssuer issuer, params (string Name, string Value)[] settings) => fixture.Start(
        new (string Name, string Value)[]
        {
            ("Authority", issuer.Authority), ("Audience", TestIssuer.Audience), ("AllowProvisioning", "true"), ("RequireHttpsMetadata", "false"),
            ("KeyRefreshSeconds", "0.1"),
        }.Concat(settings).GroupBy(setting => setting.Name).ToDictionary(setting => $"{Section}:{setting.Key}", setting => setting.Last().Value));

    internal Caller With(string token) => new(Api.Client, token);

    internal Task<Answer> GetMeAsync(string token) => With(token).GetAsync("/auth/me");

    internal static string NewSubject() => Guid.NewGuid().ToString("N");
}
