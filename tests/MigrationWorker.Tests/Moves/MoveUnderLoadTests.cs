using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

[Collection(SharingMovesDatabase.Name)]
public sealed class MoveUnderLoadTests(MovesDatabase moves)
{
    [Fact]
    public async Task No_row_is_lost_or_doubled_while_clients_write()
    {
        var tenant = await moves.CreateFilledAsync();
        TodoClient[] todos = [.. Enumerable.Range(1, 4).Select(seed => new TodoClient(moves.App, tenant, seed))];
        StepClient[] steps = [.. Enumerable.Range(1, 2).Select(seed => new StepClient(moves.App, tenant, seed))];
        await WhileWorkingAsync(
            [.. todos.Select(client => (Func<CancellationToken, Task>)client.WorkAsync), .. steps.Select(client => (Func<CancellationToken, Task>)client.WorkAsync)],
            async () =>
            {
                foreach (var target in (string[])["dedicated", "pooled", "dedicated"])
                {
                    var before = todos.Sum(client => client.Units);
                    await moves.MoveAsync(tenant, target);
                    Assert.True(todos.Sum(client => client.Units) > before, "Nobody worked while the tenant moved.");
                }
            });

        await RequireAllAsync(tenant, todos, steps);
        await moves.RequireNothingLeftElsewhereAsync(tenant, "dedicated");
    }

    [Fact]
    public async Task While_one_tenant_is_fenced_the_others_work()
    {
        var (tenant, other) = (await moves.CreateFilledAsync(), await moves.App.CreateTenantAsync(Cancel));
        await using var blocker = new NpgsqlConnection(moves.Database.Owner + ";Pooling=false");
        await blocker.OpenAsync(Cancel);

        // Behind the fence the mover asks for this row.
        await using var block = new NpgsqlCommand($"begin; select from platform.tenants where id = '{tenant.Id}' for no key update", blocker);
        await block.ExecuteNonQueryAsync(Cancel);
        var moving = moves.MoveAsync(tenant, "dedicated");
        await moves.UntilBlockedByAsync(blocker, () => moving.IsCompleted);

        await WriteImpatientlyAsync(other);
        await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            for (var attempt = 0; attempt < 100; attempt++)
                await WriteImpatientlyAsync(tenant);
        });

        await blocker.CloseAsync();
        await moving;
    }

    private async Task WriteImpatientlyAsync(TestTenant tenant)
    {
        await using var work = await UnitOfWork.BeginAsync(moves.App, tenant, "set local lock_timeout = '5ms'");
        await work.ExecuteAsync($"insert into todos (tenant_id, id, title, created_by) values ('{tenant.Id}', gen_random_uuid(), 'Now', '{tenant.OwnerId}')");
        await work.CommitAsync();
    }

    private static async Task WhileWorkingAsync(Func<CancellationToken, Task>[] clients, Func<Task> act)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task[] working = [.. clients.Select(client => client(stop.Token))];
        try
        {
            await act();
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(working);
        }
    }

    private async Task RequireAllAsync(TestTenant tenant, TodoClient[] todos, StepClient[] steps)
    {
        await using var db = moves.App.Tenants.Open(tenant.Context);
        var written = todos.SelectMany(client => client.Committed).ToDictionary();
        var found = await db.Todos.Where(todo => todo.Title.StartsWith("new ") || todo.Title.StartsWith("changed ")).ToDictionaryAsync(todo => todo.Id, todo => todo.Title, Cancel);
        var positions = await db.OnboardingSteps.Where(step => step.Title == "Step").ToDictionaryAsync(step => step.Id, step => step.Position, Cancel);

        Assert.Equal(written.OrderBy(todo => todo.Key), found.OrderBy(todo => todo.Key));
        Assert.Equal(
            steps.SelectMany(client => client.Committed.Select((id, index) => (id, index + 1))).OrderBy(step => step.id),
            positions.Select(step => (step.Key, step.Value)).OrderBy(step => step.Key));
    }
}
