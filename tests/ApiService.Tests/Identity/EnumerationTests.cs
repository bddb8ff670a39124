using System.Diagnostics;
using TenantPlatform.ApiService.Tests.Operation;

namespace TenantPlatform.ApiService.Tests.Identity;

/// <summary>Nobody finds out who has an account: known and unknown addresses get the same answer, at the same cost, in the same time.</summary>
public sealed class EnumerationTests(ApiFixture fixture)
{
    private const int Users = 24;

    // Fewer than after which an address has had enough messages, or must wait.
    private const int Rounds = 3;

    public static TheoryData<string> Paths => ["/auth/sign-up", "/auth/sign-in", "/auth/forgot-password", "/auth/verify-email/resend"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Known_and_unknown_addresses_get_the_same_answer(string path)
    {
        var user = await fixture.Api.SignUpAsync();

        var (known, unknown) = (await AskAsync(path, user.Email), await AskAsync(path, NewEmail()));

        Assert.Equal(unknown.Status, known.Status);
        Assert.Equal(WithoutTrace(unknown), WithoutTrace(known));
        Assert.Equal(unknown.Headers.Select(header => header.Key), known.Headers.Select(header => header.Key));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Known_and_unknown_addresses_cost_the_same_commands(string path)
    {
        var user = await fixture.Api.SignUpAsync();

        var known = await Spans.OfAsync("Npgsql", trace => AskAsync(path, user.Email, trace));
        var unknown = await Spans.OfAsync("Npgsql", trace => AskAsync(path, NewEmail(), trace));

        Assert.NotEmpty(known);
        Assert.Equal(unknown.Select(span => span.OperationName), known.Select(span => span.OperationName));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Known_and_unknown_addresses_take_the_same_time(string path)
    {
        var users = await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => fixture.Api.SignUpAsync()));
        var (known, unknown) = (new List<double>(), new List<double>());
        await AskAsync(path, NewEmail());

        // Taking turns at being first, so that what one request leaves running slows down both alike.
        for (var sample = 0; sample < Users * Rounds; sample++)
        {
            if (sample % 2 is 0)
                known.Add(await TimeAsync(path, users[sample % Users].Email));

            unknown.Add(await TimeAsync(path, NewEmail()));

            if (sample % 2 is 1)
                known.Add(await TimeAsync(path, users[sample % Users].Email));
        }

        // Two measures, since another process on the machine now and then spoils one of them. What differs in truth shows in both.
        double[] ratios = [Fast(known) / Fast(unknown), Median(known.Zip(unknown, (one, other) => one / other))];
        Assert.InRange(ratios.MinBy(ratio => Math.Abs(Math.Log(ratio))), 0.7, 1.4);
    }

    private Task<Answer> AskAsync(string path, string email, params (string, string?)[] headers) => fixture.Api.Anonymous.SendAsync(
        HttpMethod.Post, path, System.Net.Http.Json.JsonContent.Create(new { email, password = "not the password" }), headers);

    private async Task<double> TimeAsync(string path, string email)
    {
        var started = Stopwatch.GetTimestamp();
        await AskAsync(path, email);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // What a busy machine adds to a time, it adds to the slower ones.
    private static double Fast(List<double> times) => times.Order().ElementAt(times.Count / 8);

    private static double Median(IEnumerable<double> ratios) => ratios.Order().ElementAt(Users * Rounds / 2);

    private static string WithoutTrace(Answer answer)
    {
        var body = answer.Body.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }
}
