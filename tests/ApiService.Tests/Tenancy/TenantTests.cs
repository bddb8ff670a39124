namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class TenantTests(ApiFixture fixture)
{
    [Fact]
    public async Task Whoever_creates_a_tenant_owns_it()
    {
        var user = await fixture.Api.SignUpAsync();

        var answer = await user.PostAsync("/tenants", new { name = "  Acme & Söhne, Inc. " });

        answer.Require(HttpStatusCode.Created);
        Assert.StartsWith("acme-s-hne-inc", (string?)answer.Body["slug"], StringComparison.Ordinal);
        Assert.Equal("owner", (string?)answer.Body["roles"]!.AsArray().Single());
        var read = await user.GetAsync(answer.Headers.Location!.ToString());
        Assert.Equal(answer.Text, read.Text);
    }

    [Fact]
    public async Task Tenants_of_one_name_get_slugs_of_their_own()
    {
        var (user, name) = (await fixture.Api.SignUpAsync(), $"Acme {Guid.NewGuid():N}");

        var first = await user.PostAsync("/tenants", new { name });
        var second = await user.PostAsync("/tenants", new { name });

        first.Require(HttpStatusCode.Created);
        second.Require(HttpStatusCode.Created);
        Assert.StartsWith((string)first.Body["slug"]! + "-", (string?)second.Body["slug"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_latin_letters_gets_a_slug_nevertheless()
    {
        var user = await fixture.Api.SignUpAsync();

        var answer = await user.PostAsync("/tenants", new { name = "東京" });

        answer.Require(HttpStatusCode.Created);
        Assert.Equal((string?)answer.Body["key"], (string?)answer.Body["slug"]);
    }

    [Fact]
    public async Task A_slug_that_is_taken_is_a_conflict()
    {
        var other = await fixture.Api.SignUpWithTenantAsync();
        var user = await fixture.Api.SignUpAsync();

        var answer = await user.PostAsync("/tenants", new { name = "Mine", slug = other.Slug });

        answer.RequireProblem(HttpStatusCode.Conflict, "slug-taken");
    }

    [Theory]
    [InlineData("", null, "name")]
    [InlineData("   ", null, "name")]
    [InlineData(null, null, "name")]
    [InlineData("Fine", "Not A Slug", "slug")]
    [InlineData("Fine", "-leading", "slug")]
    [InlineData("Fine", "new\nline", "slug")]
    public async Task Invalid_tenants_name_the_field(string? name, string? slug, string field)
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.PostAsync("/tenants", new { name, slug })).RequireInvalid(field);
    }

    [Fact]
    public async Task Users_list_their_own_tenants_only_newest_first()
    {
        var other = await fixture.Api.SignUpWithTenantAsync();
        var user = await fixture.Api.SignUpAsync();
        var first = await TenantCaller.CreateAsync(user);
        var second = await TenantCaller.CreateAsync(user);

        var answer = await user.GetAsync("/tenants");

        Assert.Equal([second.Key, first.Key], answer.Items.Select(tenant => (string)tenant!["key"]!));
        Assert.DoesNotContain(other.Key, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_tenants_is_paged()
    {
        var user = await fixture.Api.SignUpAsync();
        var first = await TenantCaller.CreateAsync(user);
        await TenantCaller.CreateAsync(user);

        var page = await user.GetAsync("/tenants?limit=1");
        var next = await user.GetAsync($"/tenants?limit=1&cursor={page.NextCursor}");

        Assert.Equal(first.Key, (string?)next.Items.Single()!["key"]);
        Assert.Null(next.NextCursor);
    }

    [Fact]
    public async Task Anonymous_callers_get_no_tenants()
    {
        (await fixture.Api.Anonymous.GetAsync("/tenants")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await fixture.Api.Anonymous.PostAsync("/tenants", new { name = "x" })).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
