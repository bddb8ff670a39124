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
        Assert.Equal("project.v0", Type(resources, "provisioner"));
        Assert.Equal("serve", (string?)resources["provisioner"]!["args"]!.AsArray().Single());
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
    public async Task Whoever_deploys_names_the_mail_server()
    {
        using var folder = new TemporaryFolder();
        var resources = JsonNode.Parse(await PublishAsync(Path.Combine(folder.Path, "manifest.json")))!["resources"]!;

        var environment = resources["api"]!["env"]!;

        Assert.Equal("{smtp-host.value}", (string?)environment["Notifications__Host"]);
        Assert.Equal("{smtp-password.value}", (string?)environment["Notifications__Password"]);
        Assert.Equal("{link-base.value}", (string?)environment["Notifications__LinkBase"]);
    }

    [Fact]
    public async Task No_generated_secret_is_written_down()
    {
        using var folder = new TemporaryFolder();
        var manifest = JsonNode.Parse(await PublishAsync(Path.Combine(folder.Path, "manifest.json")))!["resources"]!.AsObject();

        var parameters = manifest.Where(resource => (string?)resource.Value!["type"] == "parameter.v0").ToList();
        var secrets = from parameter in parameters
                      where parameter.Value!["inputs"]!["value"]!["secret"]?.GetValueKind() is JsonValueKind.True
                      select parameter.Key;

        Assert.All(parameters, parameter => Assert.Equal($"{{{parameter.Key}.inputs.value}}", (string?)parameter.Value!["value"]));
        Assert.Equal(["app-password", "owner-password", "postgres-password", "signing-key", "smtp-password"], secrets.Order());
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
