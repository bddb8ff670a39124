using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPlatform.Data;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>
/// The migrations of the tenant plane as SQL, generated once from EF and then carried out in as many schemas as there are.
/// EF's own migrator would do all of its work, history table and lock included, anew for each.
/// </summary>
internal sealed class TenantPlaneSteps
{
    // Takes a tenth of a second, which a start with nothing to do can spare.
    private readonly Lazy<IReadOnlyList<MigrationStep>> all;

    /// <param name="tenantDb">Finds the migrations by its options; never connects.</param>
    public TenantPlaneSteps(TenantDbContext tenantDb)
    {
        var assembly = tenantDb.GetService<IMigrationsAssembly>();
        var provider = tenantDb.GetService<IDatabaseProvider>().Name;
        Ids = [.. assembly.Migrations.Keys];
        all = new(() => [.. assembly.Migrations.Select(entry => Describe(tenantDb, entry.Key, assembly.CreateMigration(entry.Value, provider)))]);
        Model = tenantDb.GetService<IDesignTimeModel>().Model.GetRelationalModel();
    }

    /// <summary>For a release whose steps are known otherwise.</summary>
    public TenantPlaneSteps(IReadOnlyList<MigrationStep> steps, IRelationalModel model)
    {
        Ids = [.. steps.Select(step => step.Id)];
        all = new(steps);
        Model = model;
    }

    /// <summary>Of all steps, oldest first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MigrationStep> All => all.Value;

    /// <summary>The tables that the steps lead to.</summary>
    public IRelationalModel Model { get; }

    public string Latest => Ids[^1];

    /// <summary>The steps that a schema which is behind may have had last.</summary>
    public string[] Earlier => [.. Ids.SkipLast(1)];

    /// <summary>What a schema still needs, oldest first.</summary>
    /// <param name="applied">Null for a schema that has had none.</param>
    /// <exception cref="InvalidOperationException">Another build has applied that one.</exception>
    public IReadOnlyList<MigrationStep> After(string? applied)
    {
        if (applied is null)
        {
            return All;
        }

        var index = All.ToList().FindIndex(step => step.Id == applied);
        return index >= 0
            ? [.. All.Skip(index + 1)]
            : throw new InvalidOperationException($"migration {applied} was applied by another build: use that build, or a newer one");
    }

    /// <summary>All of them, for a schema that is made in the same transaction.</summary>
    public IEnumerable<string> Build() => All.SelectMany(step => step.Statements);

    private static MigrationStep Describe(DbContext db, string id, Migration migration)
    {
        var model = db.GetService<IModelRuntimeInitializer>().Initialize(migration.TargetModel, designTime: true, validationLogger: null);
        var operations = SharedReferences.Replace(migration.UpOperations);
        var statements = db.GetService<IMigrationsSqlGenerator>().Generate(operations, model);
        return new MigrationStep(
            id, operations, [.. statements.Select(command => command.CommandText)], !statements.Any(command => command.TransactionSuppressed));
    }
}
