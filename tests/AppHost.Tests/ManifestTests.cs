using System.Text.Json;
using System.Text.Json.Nodes;

namespace TenantPlatform.AppHost.Tests;

public sealed class ManifestTests
{
    [Fact]
    public async Task The_manifest_names_every_resource_and_is_the_same_each_time()
    {
        using var folder = new TemporaryFolder();
        var first = await PublishAsync(Path.Combine(folder.Path, "first.json"));
        var second = await PublishAsync(Path.Combine(folder.Path, "second.json"));

        Assert.Equal(first, second);
        var resources = JsonNode.Parse(first)!["resources"]!.AsObject();
        Assert.Equal("container.v0", Type(resources, "postgres"));
        Assert.Equal("value.v0", Type(resources, "tenantplatform-admin"));
        Assert.Equal("value.v0", Type(resources, "tenantplatform"));
        Assert.Equal("project.v0", Type(resources, "migrations"));
        Assert.Equal("project.v0", Type(resources, "api"));
        Assert.All(["owner-password", "app-password", "signing-key", "postgres-password"], name => Assert.Equal("parameter.v0", Type(resources, name)));
    }

    [Fact]
    public async Task The_API_gets_no_credentials_but_its_own()
    {
        using var folder = new TemporaryFolder();
        var resources = JsonNode.Parse(await PublishAsync(Path.Combine(folder.Path, "manifest.json")))!["resources"]!;

        var environment = resources["api"]!["env"]!.ToJsonString();

        Assert.Equal(
            "Host={postgres.bindings.tcp.host};Port={postgres.bindings.tcp.port};Username=tp_app;Password={app-password.value};Database=tenantplatform",
            (string?)resources["tenantplatform"]!["connectionString"]);
        Assert.DoesNotContain("owner-password", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("postgres-password", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("admin", environment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_generated_secret_is_written_down()
    {
        using var folder = new TemporaryFolder();
        var manifest = JsonNode.Parse(await PublishAsync(Path.Combine(folder.Path, "manifest.json")))!["resources"]!.AsObject();

        var parameters = manifest.Where(resource => (string?)resource.Value!["type"] == "parameter.v0").ToList();

        Assert.Equal(4, parameters.Count);
        Assert.All(parameters, parameter =>
        {
            Assert.Equal($"{{{parameter.Key}.inputs.value}}", (string?)parameter.Value!["value"]);
            Assert.Equal(JsonValueKind.True, parameter.Value["inputs"]!["value"]!["secret"]!.GetValueKind());
        });
    }

    private static string? Type(JsonObject resources, string name) => (string?)resources[name]?["type"];

    private static async Task<string> PublishAsync(string path)
    {
        await using var publish = AppHostProcess.Start("temporary", ["--publisher", "manifest", "--output-path", path]);
        await publish.ExitAsync();
        Assert.True(publish.ExitCode == 0, publish.Output);
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }
}
