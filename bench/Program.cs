using TenantPlatform.Bench;
using TenantPlatform.Bench.Api;
using TenantPlatform.Bench.Worker;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    return args switch
    {
        ["api", .. var options] => await ApiCommand.RunAsync(options, stop.Token),
        ["worker", .. var options] => await WorkerCommand.RunAsync(options, stop.Token),
        _ => Usage.Refuse($"There is no benchmark '{string.Join(' ', args)}'."),
    };
}
catch (BenchException e)
{
    return Usage.Fail(e.Message);
}
// Whatever a database or a process made of it.
catch (Exception) when (stop.IsCancellationRequested)
{
    return Usage.Fail("Stopped before the end: nothing was measured completely.");
}
