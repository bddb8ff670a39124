using System.ComponentModel.DataAnnotations;
using TenantPlatform.ApiService.Authentication.Oidc;

namespace TenantPlatform.ApiService.Tests.Authentication.Oidc;

public sealed class OidcOptionsTests
{
    [Theory]
    [InlineData(null, null, true, 0)]
    [InlineData("https://issuer.example", "api", true, 0)]
    [InlineData("http://127.0.0.1:8080", "api", false, 0)]
    [InlineData("http://issuer.example", "api", true, 1)]
    [InlineData("ftp://issuer.example", "api", false, 1)]
    [InlineData("issuer.example", "", true, 2)]
    public void An_issuer_is_configured_whole_or_not_at_all(string? authority, string? audience, bool requireHttps, int mistakes)
    {
        var options = new OidcOptions { Authority = authority, Audience = audience, RequireHttpsMetadata = requireHttps };
        var found = new List<ValidationResult>();

        Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);

        Assert.Equal(mistakes, found.Count);
    }
}
