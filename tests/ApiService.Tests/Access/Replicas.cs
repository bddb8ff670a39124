using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Tests.Access;

/// <summary>Two API processes' worth of memory over one database, and a third party who changes things.</summary>
public sealed class Replicas(ApiFixture fixture) : IAsyncLifetime
{
    /// <summary>What the issue demands.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public Api First { get; } = fixture.Start();

    public Api Second { get; } = fixture.Start();

    public async ValueTask InitializeAsync()
    {
        await First.HearsAsync();
        await Second.HearsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    /// <summary>As another process does it: tracked rows, saved.</summary>
    internal async Task ChangeAsync(TenantContext context, Func<PlatformDbContext, Task> change)
    {
        await using var db = fixture.Database.Platform.Open(context);
        await change(db);
        Assert.NotEqual(0, await db.SaveChangesAsync(Cancel));
    }

    internal Task ChangeAsync<T>(TenantContext context, System.Linq.Expressions.Expression<Func<T, bool>> which, Action<T> change)
        where T : class =>
        ChangeAsync(context, async db => change(await db.Set<T>().SingleAsync(which, Cancel)));

    /// <summary>The call works until the change, and after it is refused like this within <see cref="Limit"/>.</summary>
    internal static async Task RequireRefusedAsync(Func<Task<Answer>> call, Func<Task> change, HttpStatusCode status, string problem)
    {
        var known = await call();
        Assert.True((int)known.Status < 300, known.Text);

        await change();
        var elapsed = await RefusedAfterAsync(call, status, problem, Limit);

        TestContext.Current.TestOutputHelper?.WriteLine($"{problem} {elapsed.TotalMilliseconds:0} ms after the change");
    }

    internal static async Task<TimeSpan> RefusedAfterAsync(Func<Task<Answer>> call, HttpStatusCode status, string problem, TimeSpan limit)
    {
        var since = Stopwatch.StartNew();

        while (true)
        {
            var answer = await call();

            // Let in by what is remembered, and refused where the database was asked.
            var isBetween = answer.Status is HttpStatusCode.Unauthorized && answer.Text.Contains("unauthenticated", StringComparison.Ordinal)
                && problem != "unauthenticated";

            if ((int)answer.Status >= 300 && !isBetween)
            {
                answer.RequireProblem(status, problem);
                Assert.True(since.Elapsed < limit, $"Refused only after {since.Elapsed}.");
                return since.Elapsed;
            }

            Assert.True(since.Elapsed < limit, $"Still not refused after {since.Elapsed}.");
        }
    }
}
