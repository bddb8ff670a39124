namespace TenantPlatform.ApiService.Tests.Operation;

public sealed class HealthTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_healthy_api_says_only_that(string path)
    {
        Assert.Equal("Healthy", (await fixture.Api.Anonymous.GetAsync(path)).Require(HttpStatusCode.OK).Text);
    }
}
