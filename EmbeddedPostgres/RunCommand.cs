using System.Globalization;
using System.Runtime.InteropServices;

namespace TenantPlatform.EmbeddedPostgres;

/// <summary>The server as a process of its own: starts it, passes its log on, and ends when it does or when told to.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(string[] arguments)
    {
        if (arguments is ["--help" or "-h"])
            return Usage.Print();
        if (Parse(arguments, out var problem) is not { } options)
            return Usage.Refuse(problem);

        using var stopping = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        try
        {
            return await RunAsync(options, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task<int> RunAsync(EmbeddedPostgresOptions options, CancellationToken stopping)
    {
        await using var server = await EmbeddedPostgresServer.StartAsync(options, stopping);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"PostgreSQL {server.Version} is ready on {server.Host}:{server.Port}, data in {server.DataDirectory}"));
        try
        {
            return await server.Exited.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            await server.StopAsync();
            return await server.Exited;
        }
    }

    private static EmbeddedPostgresOptions? Parse(string[] arguments, out string problem)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = new EmbeddedPostgresOptions
        {
            Password = Environment.GetEnvironmentVariable("POSTGRES_PASSWORD") is { Length: > 0 } password ? password : null,
            Settings = settings,
            Progress = Console.WriteLine,
            Log = Console.WriteLine,
        };
        for (var rest = arguments.AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            problem = $"\"{rest[0]}\" is not an option of run, or lacks its value";
            if (rest is ["--data", { Length: > 0 } folder, ..])
                options = options with { DataDirectory = folder };
            else if (rest is ["--port", var number, ..] && ushort.TryParse(number, CultureInfo.InvariantCulture, out var port))
                options = options with { Port = port };
            else if (rest is ["--set", var setting, ..] && setting.Split('=', 2) is [{ Length: > 0 } name, var value])
                settings[name] = value;
            else
                return null;
        }
        problem = "";
        return options;
    }
}
