using Aspire.Hosting.Orchestration;
using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public class ModelTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a--b")]
    [InlineData("a-")]
    [InlineData("a_b")]
    public void Resource_name_that_Aspire_refuses_is_refused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => TestApp.CreateBuilder().AddShell(name, Script.Sleep));

    [Fact]
    public void Resource_names_are_unique_whatever_their_case()
    {
        var builder = TestApp.CreateBuilder();
        builder.AddShell("api", Script.Sleep);

        Assert.Throws<DistributedApplicationException>(() => builder.AddShell("API", Script.Sleep));
    }

    [Fact]
    public async Task Expression_is_text_at_run_time_and_names_in_the_manifest()
    {
        var builder = TestApp.CreateBuilder("--Parameters:p=a b");
        var parameter = builder.AddParameter("p");
        var inner = ReferenceExpression.Create($"{{{parameter}}}");

        var expression = ReferenceExpression.Create($"plain={inner};encoded={parameter:uri};{"text"}");

        Assert.Equal("plain={a b};encoded=a%20b;text", await expression.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("plain={{p.value}};encoded={p.value};text", expression.ValueExpression);
    }

    [Fact]
    public void Resources_that_need_each_other_are_stopped_all_the_same()
    {
        var builder = TestApp.CreateBuilder();
        var one = builder.AddShell("one", Script.Sleep);
        var two = builder.AddShell("two", Script.Sleep).WithReferenceRelationship(one);
        one.WithReferenceRelationship(two);

        var order = new StopOrder(new DistributedApplicationModel(builder.Resources));

        Assert.Equal(["one", "two"], order.DependantsFirst.Select(resource => resource.Name).Order());
    }

    [Fact]
    public async Task Health_check_that_nobody_registered_fails_the_start_with_its_name()
    {
        var builder = TestApp.CreateBuilder();
        builder.AddShell("api", Script.Sleep).WithHealthCheck("missing_check");

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestApp.StartAsync(builder));

        Assert.Contains("'missing_check' is not registered and is required for resource 'api'", failure.Message);
    }

    [Fact]
    public async Task Container_is_unhealthy_where_no_container_runs()
    {
        var builder = TestApp.CreateBuilder();
        var database = builder.AddPostgres("postgres").AddDatabase("db");
        builder.AddShell("api", Script.Sleep).WithReference(database).WaitFor(database, WaitBehavior.WaitOnResourceUnavailable).WithExplicitStart();

        await using var app = await TestApp.StartAsync(builder);

        await app.UntilAsync("postgres", KnownResourceStates.RuntimeUnhealthy);
        await app.UntilAsync("db", KnownResourceStates.RuntimeUnhealthy);
    }

    [Fact]
    public void Health_is_asked_often_at_first_and_seldom_when_it_is_well()
    {
        var time = new StoppedTime();
        var pace = new HealthPollingPace(time);

        Assert.Equal(TimeSpan.FromMilliseconds(200), pace.Next(isHealthy: false));
        time.Now += TimeSpan.FromSeconds(11);
        Assert.Equal([1.0, 2, 3, 4, 5, 5], Enumerable.Range(0, 6).Select(_ => pace.Next(isHealthy: false).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(30), pace.Next(isHealthy: true));
        Assert.Equal(TimeSpan.FromSeconds(1), pace.Next(isHealthy: false));
    }

    private sealed class StoppedTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
