using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace TenantPlatform.AppHost.Tests;

/// <summary>The application through Aspire's own testing builder, as its users would test theirs.</summary>
public sealed class ApplicationTests
{
    [Fact]
    public async Task The_whole_application_starts_and_keeps_tenants_apart()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Data=temporary"], cancellationToken);
        await using var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", cancellationToken).WaitAsync(AppHostProcess.StartTimeout, cancellationToken);

        using var ada = await SignUpAsync(app, "ada@example.com");
        using var bob = await SignUpAsync(app, "bob@example.com");
        await CreateTenantAsync(ada, "acme");
        await CreateTenantAsync(bob, "globex");
        var todo = await (await ada.PostAsJsonAsync("/tenants/acme/todos", new { title = "Secret of Acme" }, cancellationToken)).Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        var id = (string)todo!["id"]!;

        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync($"/tenants/acme/todos/{id}", cancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/tenants/acme/todos/{id}", cancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/tenants/globex/todos/{id}", cancellationToken)).StatusCode);
    }

    private static async Task<HttpClient> SignUpAsync(DistributedApplication app, string email)
    {
        var client = app.CreateHttpClient("api", "http");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignUp.FinishAsync(client, email));
        return client;
    }

    private static async Task CreateTenantAsync(HttpClient client, string slug) =>
        (await client.PostAsJsonAsync("/tenants", new { name = slug, slug }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
}
