using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests.Identity;

public sealed class ProfileTests(ApiFixture fixture)
{
    [Fact]
    public async Task People_describe_themselves()
    {
        var user = await fixture.Api.SignUpAsync();
        var profile = new { name = "Ada L.", givenName = "Ada", familyName = "Lovelace", picture = "https://example.org/ada.png", language = "en-GB" };

        var answer = await user.PutAsync("/auth/me", profile);

        var me = (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        Assert.Equal(answer.Require(HttpStatusCode.OK).Text, me.Text);
        Assert.Equal(("Ada L.", "Ada", "Lovelace"), ((string?)me.Body["name"], (string?)me.Body["givenName"], (string?)me.Body["familyName"]));
        Assert.Equal(("https://example.org/ada.png", "en-GB"), ((string?)me.Body["picture"], (string?)me.Body["language"]));
    }

    [Fact]
    public async Task What_a_profile_leaves_out_is_removed()
    {
        var user = await fixture.Api.SignUpAsync();
        await user.PutAsync("/auth/me", new { name = "Ada", language = "de" });

        await user.PutAsync("/auth/me", new { language = "de" });

        Assert.Null((string?)(await user.GetAsync("/auth/me")).Body["name"]);
    }

    [Theory]
    [InlineData("""{"language":"english"}""", "language")]
    [InlineData("""{}""", "language")]
    [InlineData("""{"language":"en","name":""}""", "name")]
    [InlineData("""{"language":"en","picture":"javascript:alert(1)"}""", "picture")]
    public async Task Invalid_profiles_name_the_field(string profile, string field)
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.PutAsync("/auth/me", JsonNode.Parse(profile)!)).RequireInvalid(field);
    }

    [Fact]
    public async Task Preferences_have_defaults_and_are_kept()
    {
        var user = await fixture.Api.SignUpAsync();
        var defaults = await user.GetAsync("/auth/me/preferences");
        var preferences = new { theme = "dark", notifications = new { email = false, push = true }, timeZone = "Europe/Berlin" };

        var answer = (await user.PutAsync("/auth/me/preferences", preferences)).Require(HttpStatusCode.OK);

        Assert.Equal("""{"theme":"system","notifications":{"email":true,"push":true},"timeZone":null}""", defaults.Text);
        Assert.Equal("""{"theme":"dark","notifications":{"email":false,"push":true},"timeZone":"Europe/Berlin"}""", answer.Text);
        Assert.Equal(answer.Text, (await user.GetAsync("/auth/me/preferences")).Text);
    }

    [Theory]
    [InlineData("""{"theme":"pink","notifications":{"email":true,"push":true}}""", "theme")]
    [InlineData("""{"theme":"dark"}""", "notifications")]
    [InlineData("""{"theme":"dark","notifications":{"push":true}}""", "notifications.email")]
    [InlineData("""{"theme":"dark","notifications":{"email":true,"push":true},"timeZone":"Moon/Crater"}""", "timeZone")]
    public async Task Invalid_preferences_name_the_field(string preferences, string field)
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.PutAsync("/auth/me/preferences", JsonNode.Parse(preferences)!)).RequireInvalid(field);
    }
}
