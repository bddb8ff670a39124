using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.Data;

namespace TenantPlatform.Schema.Tests;

#pragma warning disable EF1001 // What 'dotnet ef' itself runs has no public door.

/// <summary>'dotnet ef migrations add' without its process: the same design-time services write the same files.</summary>
internal static class Scaffolder
{
    /// <param name="migrations">Where the migrations so far and the snapshot are.</param>
    /// <param name="change">Changes the model as an edit of the code would.</param>
    public static TenantDbContext Open(string connectionString, Assembly migrations, Action<DbContextOptionsBuilder>? change = null)
    {
        var options = new DbContextOptionsBuilder<TenantDbContext>();
        options.UseTenantPlatformModel(model => model.UseNpgsql(connectionString, npgsql => npgsql
            .MigrationsAssembly(migrations)
            .MigrationsHistoryTable("migrations_history", TenantDbContext.PooledSchema)));
        change?.Invoke(options);
        return new TenantDbContext(options.Options);
    }

    public static ScaffoldedMigration AddMigration(TenantDbContext db, string name)
    {
        var assembly = typeof(Scaffolder).Assembly;
        var services = new DesignTimeServicesBuilder(assembly, assembly, new OperationReporter(null), []).Build(db);
        using var scope = services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration(name, "TenantPlatform.Scaffolded");
    }

    /// <summary>The files as 'dotnet build' would take them.</summary>
    public static Assembly Compile(ScaffoldedMigration migration)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            migration.MigrationId,
            [.. new[] { migration.MigrationCode, migration.MetadataCode, migration.SnapshotCode }.Select(code => CSharpSyntaxTree.ParseText(code))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);

        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
