using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace TenantPlatform.AppHost.Tests;

/// <summary>The application through Aspire's own testing builder, as its users would test theirs.</summary>
public sealed class ApplicationTests(RunningApplication application) : IClassFixture<RunningApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_application_starts_and_keeps_tenants_apart()
    {
        using var ada = await application.SignUpAsync("ada@example.com");
        using var bob = await application.SignUpAsync("bob@example.com");
        await RunningApplication.CreateTenantAsync(ada, "acme");
        await RunningApplication.CreateTenantAsync(bob, "globex");
        var todo = await (await ada.PostAsJsonAsync("/tenants/acme/todos", new { title = "Secret of Acme" }, Cancel)).Content.ReadFromJsonAsync<JsonNode>(Cancel);
        var id = (string)todo!["id"]!;

        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync($"/tenants/acme/todos/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/tenants/acme/todos/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/tenants/globex/todos/{id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_tenant_gets_a_schema_of_its_own_while_the_application_runs()
    {
        using var eve = await application.SignUpAsync("eve@example.com");

        var created = await eve.PostAsJsonAsync("/tenants", new { name = "own", slug = "own", placement = "dedicated" }, Cancel);

        Assert.Equal(HttpStatusCode.Accepted, created.StatusCode);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(AppHostProcess.StartTimeout);
        while ((await eve.PostAsJsonAsync("/tenants/own/todos", new { title = "At home" }, patience.Token)).StatusCode is not HttpStatusCode.Created)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    [Fact]
    public async Task The_doctor_is_a_command_of_the_worker()
    {
        var migrations = application.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == "migrations");

        var result = await application.App.ResourceCommands.ExecuteCommandAsync(migrations, "doctor", Cancel);

        Assert.True(result.Success, result.ErrorMessage);
        Assert.StartsWith("No findings", result.Message, StringComparison.Ordinal);
        var log = new List<LogLine>();
        await foreach (var batch in application.App.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(migrations).WithCancellation(Cancel))
        {
            log.AddRange(batch);
        }

        Assert.Contains(log, line => line.Content.Contains("doctor: No findings", StringComparison.Ordinal));
    }
}
