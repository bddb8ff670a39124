using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Schema;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker;

namespace TenantPlatform.Schema.Tests;

[Collection(DatabaseCopies.Collection)]
public sealed class NewEntityTests(DatabaseCopies databases)
{
    [Fact]
    public async Task Adding_a_tenant_owned_entity_isolates_it_and_removing_it_leaves_nothing()
    {
        var database = await databases.CopyAsync();

        var added = await MigrateAsync(database, typeof(Migrator).Assembly, "AddNotes", AddNotes);
        Assert.Equal(
            [
                "check: none",
                "foreign key: FOREIGN KEY (tenant_id) REFERENCES platform.tenants(id) ON DELETE CASCADE",
                "foreign key: FOREIGN KEY (tenant_id, todo_id) REFERENCES pooled.todos(tenant_id, id) ON DELETE CASCADE",
                "index: CREATE INDEX ix_notes_tenant_id_todo_id ON pooled.notes USING btree (tenant_id, todo_id)",
                "policy: to public using (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id)) with check (tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id))",
                "primary key: PRIMARY KEY (tenant_id, id)",
                "table: row-level security on and forced",
            ],
            await DescribeNotesAsync(database));

        await MigrateAsync(database, added, "RemoveNotes");
        Assert.Equal(["check: none"], await DescribeNotesAsync(database));
    }

    [Fact]
    public void The_scaffolded_files_say_all_of_it()
    {
        using var db = Scaffolder.Open("Host=nowhere", typeof(Migrator).Assembly, AddNotes);
        var migration = Scaffolder.AddMigration(db, "AddNotes");

        Assert.Contains($"\"RowPolicy:{RowPolicy.TenantIsolation}\", \"using (tenant_id = (select tenancy.tenant_id()))", migration.MigrationCode, StringComparison.Ordinal);
        Assert.Contains("table.PrimaryKey(\"pk_notes\", x => new { x.tenant_id, x.id })", migration.MigrationCode, StringComparison.Ordinal);
        Assert.Single(Occurrences(migration.MigrationCode, "CreateTable("));
        Assert.Single(Occurrences(migration.MigrationCode, "DropTable("));
    }

    [Fact]
    public void Removing_the_entity_scaffolds_its_end()
    {
        using var with = Scaffolder.Open("Host=nowhere", typeof(Migrator).Assembly, AddNotes);
        using var without = Scaffolder.Open("Host=nowhere", Scaffolder.Compile(Scaffolder.AddMigration(with, "AddNotes")));
        var up = Scaffolder.AddMigration(without, "RemoveNotes").MigrationCode.Split("void Down(")[0];

        Assert.Contains("migrationBuilder.DropTable(\n                name: \"notes\");", up.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Single(Occurrences(up, "migrationBuilder."));
    }

    [Fact]
    public async Task An_index_to_be_built_concurrently_can_be_verified()
    {
        await using var platform = Migrator.PlatformDb(databases.Spare.Owner);
        await using var tenant = Scaffolder.Open(
            databases.Spare.Owner, typeof(Migrator).Assembly, options => options.ReplaceService<IModelCustomizer, WithConcurrentIndex>());
        await using var owner = await Sql.OpenAsync(databases.Spare.Owner);
        await using var rolledBack = await owner.BeginTransactionAsync(Cancel);

        Assert.Equal(
            ["index ix_todos_tenant_id_due_date of pooled.todos is missing in the database, the model has it (CREATE INDEX ix_todos_tenant_id_due_date ON pooled.todos USING btree (tenant_id, due_date), valid)"],
            await new SchemaVerifier(platform, tenant, SqlScript.Read(SchemaCheck.Grants)).CompareInTransactionAsync(owner, ["pooled"], Cancel));
    }

    private static void AddNotes(DbContextOptionsBuilder options) => options.ReplaceService<IModelCustomizer, WithNotes>();

    private static IEnumerable<int> Occurrences(string text, string part) =>
        Enumerable.Range(0, text.Length).Where(position => string.CompareOrdinal(text, position, part, 0, part.Length) == 0);

    private static async Task<Assembly> MigrateAsync(TestDatabase database, Assembly migrations, string name, Action<DbContextOptionsBuilder>? change = null)
    {
        var pooled = new NpgsqlConnectionStringBuilder(database.Owner) { SearchPath = TenantDbContext.PooledSchema, Pooling = false }.ConnectionString;
        await using var before = Scaffolder.Open(pooled, migrations, change);
        var compiled = Scaffolder.Compile(Scaffolder.AddMigration(before, name));
        await using var after = Scaffolder.Open(pooled, compiled, change);
        await after.Database.MigrateAsync(Cancel);
        return compiled;
    }

    private static async Task<IEnumerable<string>> DescribeNotesAsync(TestDatabase database)
    {
        await using var owner = await Sql.OpenAsync(database.Owner);
        await owner.ExecuteAsync("set search_path = pg_catalog");
        var facts = (await Catalog.ReadTablesAsync(owner, "pooled", Cancel)).Where(fact => fact.Owner == "pooled.notes").ToList();

        return facts.Where(fact => fact.Aspect is "definition" or "row-level security").Select(fact => $"{fact.Kind}: {fact.Value}")
            .Append(facts.Exists(fact => fact.Kind == "check") ? "check: some" : "check: none").Order(StringComparer.Ordinal);
    }

    private sealed class WithNotes(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<Note>().ToTable("notes");
        }
    }

    private sealed class WithConcurrentIndex(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<Todo>().HasIndex(todo => todo.DueDate).IsCreatedConcurrently();
        }
    }
}
