using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Verbs.Apply;

/// <summary>script: the whole release as one file of SQL, for those who let no program near their database; needs no database itself.</summary>
internal static class ScriptVerb
{
    public static int Run(string[] options)
    {
        if (options is not ([] or ["--output", _]))
        {
            return Usage.Refuse(["script", .. options]);
        }

        using var platform = new PlatformDesignTimeFactory().CreateDbContext([]);
        using var tenant = new TenantDesignTimeFactory().CreateDbContext([]);
        var script = ReleaseScript.Render(platform, tenant, new TenantPlaneSteps(tenant));

        if (options is not [_, var file])
        {
            Console.Write(script);
            return ApplyOutcome.Success;
        }

        try
        {
            File.WriteAllText(file, script);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file} could not be written: {e.Message}");
            return ApplyOutcome.Failure;
        }

        Console.WriteLine($"Wrote {file}");
        return ApplyOutcome.Success;
    }
}
