using TenantPlatform.Data.Schema;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>schema docs: writes the documentation of the model; needs no database.</summary>
internal static class SchemaDocsVerb
{
    private const string DefaultOutput = "docs/schema.md";

    public static int Run(string[] options)
    {
        if (options is not ([] or ["--output", _]))
        {
            return Usage.Refuse(["schema", "docs", .. options]);
        }

        var output = options is [_, var path] ? path : DefaultOutput;
        try
        {
            File.WriteAllText(output, Render());
        }
        catch (DirectoryNotFoundException)
        {
            Console.Error.WriteLine($"The folder of {output} does not exist here: run this in the root of the repository, or give --output <file>.");
            return 1;
        }

        Console.WriteLine($"Wrote {output}");
        return 0;
    }

    internal static string Render()
    {
        using var platform = new PlatformDesignTimeFactory().CreateDbContext([]);
        using var tenant = new TenantDesignTimeFactory().CreateDbContext([]);
        return SchemaDocument.Render(platform, tenant);
    }
}
