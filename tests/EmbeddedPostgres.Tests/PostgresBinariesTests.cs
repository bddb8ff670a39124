using TenantPlatform.EmbeddedPostgres.Binaries;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class PostgresBinariesTests
{
    [Theory]
    [InlineData("postgres (PostgreSQL) 18.4", "18.4")]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", "15.18")]
    [InlineData("postgres (PostgreSQL) 19beta1", "19.0")]
    [InlineData("something else 1.0", null)]
    public void Version_is_read_from_what_the_server_prints(string text, string? expected) =>
        Assert.Equal(expected, PostgresVersion.Parse(text)?.ToString());

    [Theory]
    [InlineData(14, 20, false)]
    [InlineData(15, 13, false)]
    [InlineData(15, 14, true)]
    [InlineData(16, 9, false)]
    [InlineData(16, 10, true)]
    [InlineData(17, 5, false)]
    [InlineData(17, 6, true)]
    [InlineData(18, 0, true)]
    public void Versions_whose_row_security_can_be_bypassed_are_unsafe(int major, int minor, bool isSafe) =>
        Assert.Equal(isSafe, new PostgresVersion(major, minor).IsSafe);

    [Fact]
    public async Task Missing_npm_is_told_with_what_to_do()
    {
        using var folder = new TestFolder();
        await using var wrapper = new Wrapper(["run"], ("PATH", folder.Path), ("TENANTPLATFORM_CACHE", folder["cache"]));

        await wrapper.WaitForAsync("npm was not found");

        Assert.Contains("install Node.js", wrapper.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(folder["cache"]));
    }

    [Fact]
    public async Task Unusable_override_is_told()
    {
        await using var wrapper = new Wrapper(["run"], ("TENANTPLATFORM_POSTGRES_BIN", "/nowhere"));

        Assert.Equal(1, await wrapper.ExitAsync());
        Assert.Contains("/nowhere that TENANTPLATFORM_POSTGRES_BIN names cannot be used", wrapper.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_server_is_refused_with_the_reason()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "scripts as programs");
        using var folder = new TestFolder();
        Imitate(folder["initdb"], "exit 1");
        Imitate(folder["postgres"], "echo 'postgres (PostgreSQL) 16.3'");

        await using var wrapper = new Wrapper(["run"], ("TENANTPLATFORM_POSTGRES_BIN", folder.Path));

        Assert.Equal(1, await wrapper.ExitAsync());
        Assert.Contains("PostgreSQL 16.3", wrapper.Output, StringComparison.Ordinal);
        Assert.Contains("row-level security can be bypassed", wrapper.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installed_server_serves_when_the_package_cannot_be_had()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/postgresql"), "no PostgreSQL is installed");
        using var folder = new TestFolder();
        foreach (var tool in (string[])["setpriv", "chown", "sh", "rm", "sleep"])
            File.CreateSymbolicLink(folder[tool], Npm.ChildProcess.Find(tool)!);

        await using var wrapper = new Wrapper(["run"], ("PATH", folder.Path), ("TENANTPLATFORM_CACHE", folder["cache"]));

        await wrapper.WaitForAsync("is ready on");
        Assert.Contains("npm was not found", wrapper.Output, StringComparison.Ordinal);
        Assert.Contains("Using the PostgreSQL", wrapper.Output, StringComparison.Ordinal);
    }

    private static void Imitate(string program, string script)
    {
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
