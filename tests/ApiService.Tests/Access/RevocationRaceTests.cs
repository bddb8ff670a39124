using System.Diagnostics;

namespace TenantPlatform.ApiService.Tests.Access;

/// <summary>Sessions that are used all the time, in two processes, while they are ended.</summary>
public sealed class RevocationRaceTests(ApiFixture fixture, Replicas replicas) : IClassFixture<Replicas>
{
    private const int Users = 8;
    private const int SessionsPerUser = 4;

    [Fact]
    public async Task No_session_is_good_a_second_after_it_was_ended_nor_at_all_where_it_was_ended()
    {
        var rounds = from user in Enumerable.Range(0, Users) select RaceAsync();

        var (uses, latest) = (await Task.WhenAll(rounds)).Aggregate((one, other) =>
            (one.Uses + other.Uses, one.Latest > other.Latest ? one.Latest : other.Latest));

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Users * SessionsPerUser} sessions, {uses} uses; the last accepted elsewhere began {latest.TotalMilliseconds:0} ms after the end");
    }

    private async Task<(int Uses, TimeSpan Latest)> RaceAsync()
    {
        var user = (await fixture.Api.SignUpAsync()).At(replicas.First);
        var (uses, latest) = (0, TimeSpan.Zero);

        for (var session = 0; session < SessionsPerUser; session++)
        {
            var signIn = await user.PostAsync("/auth/sign-in", new { email = user.Email, password = Password });
            var here = user.With((string?)signIn.Body["token"]);
            var elsewhere = here.At(replicas.Second);
            var ended = new TaskCompletionSource<Stopwatch>();

            // Both begin cold, so that values are still being read while the session ends.
            var users = new[] { UseAsync(here, TimeSpan.Zero), UseAsync(elsewhere, Replicas.Limit), UseAsync(elsewhere, Replicas.Limit) };
            (await here.PostAsync("/auth/sign-out")).Require(HttpStatusCode.NoContent);
            ended.SetResult(Stopwatch.StartNew());

            foreach (var used in await Task.WhenAll(users))
            {
                uses += used.Uses;
                latest = used.Latest > latest ? used.Latest : latest;
            }

            async Task<(int Uses, TimeSpan Latest)> UseAsync(Caller caller, TimeSpan grace)
            {
                var (count, last) = (0, TimeSpan.Zero);

                for (TimeSpan? began; (began = SinceEnd()) is null || began < Replicas.Limit * 1.2; count++)
                {
                    var accepted = (await caller.GetAsync("/auth/me")).Status is HttpStatusCode.OK;
                    Assert.False(accepted && began > grace, $"Accepted a use that began {began} after the session's end.");
                    last = accepted && began is { } moment ? moment : last;
                }

                return (count, last);
            }

            TimeSpan? SinceEnd() => ended.Task.IsCompleted ? ended.Task.Result.Elapsed : null;
        }

        return (uses, latest);
    }
}
