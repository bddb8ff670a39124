using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TenantPlatform.ApiService.Tests.Operation;

public sealed partial class ApiDocumentTests(ApiFixture fixture)
{
    private static readonly string[] Open =
    [
        "/auth/sign-up", "/auth/verify-email", "/auth/verify-email/resend", "/auth/sign-in", "/auth/forgot-password", "/auth/reset-password",
        "/auth/confirm-email", "/invitations/offer",
    ];

    [Fact]
    public async Task Every_operation_but_signing_up_and_in_demands_a_session()
    {
        var operations = await OperationsAsync();

        Assert.NotEmpty(operations);

        foreach (var (path, method, operation) in operations.Where(operation => !Open.Contains(operation.Path)))
        {
            var address = PathParameter().Replace(path, Guid.Empty.ToString());
            var answer = await fixture.Api.Anonymous.SendAsync(new HttpMethod(method), address);
            answer.RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
            Assert.NotNull(operation["security"]);
        }
    }

    [Fact]
    public async Task Every_operation_names_its_permission_or_is_open_on_purpose()
    {
        var undeclared = from operation in await OperationsAsync()
                         where operation.Operation["x-permission"] is null
                         select operation.Path;

        Assert.Equal(Open.Order(), undeclared.Order());
    }

    [Fact]
    public async Task Every_permission_is_one_that_roles_can_have()
    {
        var permissions = (await OperationsAsync()).Select(operation => (string?)operation.Operation["x-permission"])
            .Where(permission => permission?.Contains(':', StringComparison.Ordinal) is true).Except(["platform:support", "platform:admin"]).ToList();

        Assert.NotEmpty(permissions);

        foreach (var permission in permissions)
            Assert.Equal(1L, await fixture.CountAsAdminAsync("select count(*) from platform.permissions where key = $1", permission!));
    }

    [Fact]
    public async Task Whatever_every_member_may_do_says_so()
    {
        var leave = (await OperationsAsync()).Single(operation => operation.Path.EndsWith("/leave", StringComparison.Ordinal));

        Assert.Equal("member", (string?)leave.Operation["x-permission"]);
    }

    [Fact]
    public async Task Every_part_of_a_path_is_a_documented_parameter()
    {
        foreach (var (path, _, operation) in await OperationsAsync())
        {
            var documented = from parameter in operation["parameters"]?.AsArray() ?? []
                             where (string?)parameter["in"] == "path"
                             select $"{{{parameter["name"]}}}";
            Assert.Equal(path.Split('/').Where(part => part.StartsWith('{')).Order(), documented.Order());
        }
    }

    [Fact]
    public async Task Limits_and_formats_are_documented()
    {
        var schemas = (await fixture.Api.Anonymous.GetAsync("/openapi/v1.json")).Body["components"]!["schemas"]!;

        Assert.Equal(500, (int?)schemas["CreateTodoRequest"]!["properties"]!["title"]!["maxLength"]);
        Assert.Equal("string", (string?)schemas["TodoResponse"]!["properties"]!["created"]!["type"]);
        Assert.Equal("date-time", (string?)schemas["TodoResponse"]!["properties"]!["created"]!["format"]);
    }

    [Fact]
    public async Task The_documentation_page_is_served()
    {
        var answer = await fixture.Api.Anonymous.GetAsync("/docs/index.html");

        Assert.Contains("swagger-ui", answer.Require(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    private async Task<List<(string Path, string Method, JsonNode Operation)>> OperationsAsync()
    {
        var document = (await fixture.Api.Anonymous.GetAsync("/openapi/v1.json")).Require(HttpStatusCode.OK).Body;
        return [.. from path in document["paths"]!.AsObject()
                   from operation in path.Value!.AsObject()
                   select (path.Key, operation.Key, operation.Value)];
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathParameter();
}
