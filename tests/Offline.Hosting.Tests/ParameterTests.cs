using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public class ParameterTests
{
    [Theory]
    [InlineData("--Parameters:api-key=secret")]
    [InlineData("--Parameters:api_key=secret")]
    public async Task Value_comes_from_configuration(string argument)
    {
        var builder = TestApp.CreateBuilder(argument);

        var parameter = builder.AddParameter("api-key", secret: true);

        Assert.Equal("secret", await parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Missing_value_fails_who_needs_it()
    {
        var builder = TestApp.CreateBuilder();
        var parameter = builder.AddParameter("api-key", secret: true);
        builder.AddShell("api", Script.Sleep).WithEnvironment("KEY", parameter);

        await using var app = await TestApp.StartAsync(builder);

        await app.UntilAsync("api-key", KnownResourceStates.ValueMissing);
        await app.UntilAsync("api", KnownResourceStates.FailedToStart);
        await app.UntilLogAsync("api", "configuration key 'Parameters:api-key' is missing");
    }

    [Fact]
    public void Generated_value_keeps_the_rules()
    {
        var rules = new GenerateParameterDefault { MinLength = 24, Special = false, MinUpper = 3, MinNumeric = 5 };

        var values = Enumerable.Range(0, 50).Select(_ => rules.GetDefaultValue()).ToList();

        Assert.Equal(50, values.Distinct().Count());
        Assert.All(values, value =>
        {
            Assert.Equal(24, value.Length);
            Assert.All(value, character => Assert.True(char.IsAsciiLetterOrDigit(character)));
            Assert.True(value.Count(char.IsAsciiLetterUpper) >= 3 && value.Count(char.IsAsciiDigit) >= 5, value);
        });
    }

    [Fact]
    public void Persistent_value_is_the_same_in_later_runs()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("offline-hosting").FullName, "secrets.json");
        File.WriteAllText(file, """{ "Other": "kept" }""");
        string Run() => new UserSecretsParameterDefault(new UserSecrets(file), "Parameters:p", new GenerateParameterDefault()).GetDefaultValue();

        var first = Run();

        Assert.Equal(22, first.Length);
        Assert.Equal(first, Run());
        Assert.Contains("\"Other\": \"kept\"", File.ReadAllText(file));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Secret_cannot_be_published_as_a_default() =>
        Assert.Throws<ArgumentException>(() => TestApp.CreateBuilder().AddParameter("p", "value", publishValueAsDefault: true, secret: true));

    [Fact]
    public async Task Connection_string_comes_from_configuration()
    {
        var builder = TestApp.CreateBuilder("--ConnectionStrings:db=Host=elsewhere");
        var connection = builder.AddConnectionString("db");
        builder.AddShell("api", "echo \"got $ConnectionStrings__db\"; exec sleep 1000").WithReference(connection).WaitFor(connection);

        await using var app = await TestApp.StartAsync(builder);

        Assert.EndsWith("got Host=elsewhere", await app.UntilLogAsync("api", "got "));
    }
}
