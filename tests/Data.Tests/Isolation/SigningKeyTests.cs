using System.Security.Cryptography;
using System.Text;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class SigningKeyTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void The_pads_are_those_of_hmac()
    {
        var key = new SigningKey(Secret);
        var message = Encoding.ASCII.GetBytes("message");

        var inner = SHA256.HashData([.. key.InnerPad, .. message]);

        Assert.Equal(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), message), SHA256.HashData([.. key.OuterPad, .. inner]));
    }

    [Fact]
    public void The_id_names_the_secret_without_telling_it()
    {
        Assert.Matches("^[0-9a-f]{8}$", new SigningKey(Secret).Id);
        Assert.Equal(new SigningKey(Secret).Id, new SigningKey(Secret).Id);
        Assert.NotEqual(new SigningKey(Secret).Id, new SigningKey(Secret + "0").Id);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(65)]
    public void A_secret_that_is_too_short_or_too_long_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new SigningKey(new string('x', length)));

    [Fact]
    public void A_secret_with_other_than_ascii_characters_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SigningKey(new string('é', 32)));

    [Fact]
    public void A_context_says_who_where_and_until_when()
    {
        var (tenant, user) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var fields = Sign(TenantContext.ForTenant(tenant, user)).Split('.');

        Assert.Equal(["v1", $"{tenant}", $"{user}", "tenant", "1060", new SigningKey(Secret).Id], fields[..6]);
        Assert.Matches("^[0-9a-f]{64}$", fields[6]);
    }

    [Fact]
    public void Whoever_is_missing_in_a_context_is_a_dash()
    {
        var user = Guid.CreateVersion7();

        Assert.StartsWith($"v1.-.{user}.user.", Sign(TenantContext.ForUser(user)), StringComparison.Ordinal);
        Assert.StartsWith("v1.-.-.auth.", Sign(TenantContext.ForAuthentication), StringComparison.Ordinal);
    }

    private static string Sign(TenantContext context)
    {
        var options = new FixedOptions<TenancyOptions>(new TenancyOptions { SigningKey = Secret });
        return new TenantContextSigner(options, new FixedTime(DateTimeOffset.FromUnixTimeSeconds(1000))).Sign(context);
    }
}
