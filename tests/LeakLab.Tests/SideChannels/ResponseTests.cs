using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>What an answer tells beside its status: body, headers, length.</summary>
[Collection(nameof(SideChannels))]
public sealed partial class ResponseTests(SideChannelFixture fixture)
{
    [Theory]
    [InlineData("GET", "/tenants/{0}")]
    [InlineData("GET", "/tenants/{0}/todos")]
    [InlineData("POST", "/tenants/{0}/todos")]
    [InlineData("GET", "/tenants/{own}/todos/{1}")]
    [InlineData("PUT", "/tenants/{own}/todos/{1}")]
    [InlineData("DELETE", "/tenants/{own}/todos/{1}")]
    public async Task What_is_another_tenants_and_what_does_not_exist_are_answered_alike(string method, string path)
    {
        await using var api = new ApiServer(fixture.Database);
        var (victim, stranger) = (await api.SignUpAsync(), await api.SignUpAsync());
        var todo = await victim.AddTodoAsync();

        var theirs = await AnswerAsync(stranger, method, path, victim.TenantId, todo);
        var theirsBySlug = await AnswerAsync(stranger, method, path, victim.Slug, todo);
        var missing = await AnswerAsync(stranger, method, path, Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());

        Assert.StartsWith("NotFound", missing, StringComparison.Ordinal);
        Assert.Equal((missing, missing), (theirs, theirsBySlug));
    }

    [Fact]
    public async Task A_stranger_and_nobody_are_refused_alike_as_assignees()
    {
        await using var api = new ApiServer(fixture.Database);
        var (victim, member) = (await api.SignUpAsync(), await api.SignUpAsync());

        var stranger = await PostAsync(member, "todos", new { title = "mine", assignedTo = victim.UserId });
        var nobody = await PostAsync(member, "todos", new { title = "mine", assignedTo = Guid.CreateVersion7() });

        Assert.StartsWith("BadRequest", nobody, StringComparison.Ordinal);
        Assert.Equal(nobody, stranger);
    }

    [Fact]
    public async Task A_taken_slug_is_all_that_a_conflict_tells()
    {
        await using var api = new ApiServer(fixture.Database);
        var (victim, member) = (await api.SignUpAsync(), await api.SignUpAsync());

        var answer = await ReadAsync(await member.Client.PostAsJsonAsync("/tenants", new { name = "Mine", slug = victim.Slug }, Cancel));

        Assert.StartsWith("Conflict", answer, StringComparison.Ordinal);
        Assert.DoesNotMatch($"ix_|platform[.]|Key [(]|{victim.TenantId}|{victim.Slug}", answer);
    }

    [Fact]
    public async Task Nothing_is_compressed_or_cached_and_no_header_names_the_server()
    {
        await using var api = new ApiServer(fixture.Database);
        var member = await api.SignUpAsync();
        member.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");

        using var response = await member.Client.GetAsync($"/tenants/{member.TenantId}/todos", Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.True(response.Headers.CacheControl is { NoStore: true, Private: true });
        Assert.Equal(["Cache-Control", "Date", "Transfer-Encoding", "X-Content-Type-Options"], response.Headers.Select(header => header.Key).Order());
    }

    [Fact]
    public async Task A_stranger_cannot_use_up_a_tenants_requests()
    {
        await using var api = new ApiServer(fixture.Database, requestsPerMinute: 8);
        var (victim, stranger) = (await api.SignUpAsync(), await api.SignUpAsync());

        for (var attempt = 0; attempt < 20; attempt++)
            Assert.StartsWith("NotFound", await AnswerAsync(stranger, "GET", "/tenants/{0}/todos", victim.TenantId, ""), StringComparison.Ordinal);

        Assert.StartsWith("OK", await AnswerAsync(victim, "GET", "/tenants/{0}/todos", victim.TenantId, ""), StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(Member caller, string method, string path, string tenant, string todo)
    {
        var address = path.Replace("{0}", tenant, StringComparison.Ordinal).Replace("{own}", caller.TenantId, StringComparison.Ordinal)
            .Replace("{1}", todo, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Content = method is "POST" or "PUT" ? JsonContent.Create(new { title = "changed", completed = true, priority = 1 }) : null;
        return await ReadAsync(await caller.Client.SendAsync(request, Cancel));
    }

    private static async Task<string> PostAsync(Member caller, string path, object body) =>
        await ReadAsync(await caller.Client.PostAsJsonAsync($"/tenants/{caller.TenantId}/{path}", body, Cancel));

    /// <summary>Status, headers and body without what differs between any two requests.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "Date")
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order();
            return $"{response.StatusCode}\n{string.Join('\n', headers)}\n{TraceId().Replace(await response.Content.ReadAsStringAsync(Cancel), "")}";
        }
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
