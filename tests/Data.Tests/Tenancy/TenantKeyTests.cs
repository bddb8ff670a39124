using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Tests.Tenancy;

public sealed class TenantKeyTests
{
    [Fact]
    public void Generated_keys_are_valid_and_never_the_same()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => TenantKey.Generate()).ToList();

        Assert.All(keys, key => Assert.True(TenantKey.IsValid(key)));
        Assert.Equal(1000, keys.Distinct().Count());
        Assert.Equal(36, keys.SelectMany(key => key).Distinct().Count());
    }

    [Theory]
    [InlineData("abcdefghij")]
    [InlineData("0123456789")]
    [InlineData("abcdefghij0123456789")]
    public void Ten_to_twenty_letters_and_digits_are_valid(string key) => Assert.True(TenantKey.IsValid(key));

    [Theory]
    [InlineData("")]
    [InlineData("abcdefghi")]
    [InlineData("abcdefghij01234567890")]
    [InlineData("ABCDEFGHIJ")]
    [InlineData("abcde-fghi")]
    [InlineData("abcdefghij\n")]
    [InlineData("abcdefghi\u0661")]
    public void Anything_else_is_not(string key) => Assert.False(TenantKey.IsValid(key));
}
