using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using TenantPlatform.MigrationWorker.Lint;

namespace TenantPlatform.MigrationWorker.Tests.Lint;

/// <summary>Each rule's bad forms, by EF and by hand, and how to do it instead; one builder for each migration.</summary>
internal static class LintExamples
{
    public static IReadOnlyList<UnusedSinceAttribute> Unused { get; } = [new("todos.gone", "1.4"), new("leftovers", "1.4")];

    public static IReadOnlyDictionary<string, Action<MigrationBuilder>[][]> Bad { get; } = new Dictionary<string, Action<MigrationBuilder>[][]>
    {
        ["type-change"] = [[m => m.AlterColumn<long>("rank", "todos", "bigint", oldClrType: typeof(int), oldType: "integer")], BySql("alter table todos alter column rank type bigint")],
        ["volatile-default"] = [[m => m.AddColumn<Guid>("token", "todos", "uuid", defaultValueSql: "gen_random_uuid()")], [m => m.AddColumn<string>("lower", "todos", "text", computedColumnSql: "lower(title)", stored: true)]],
        ["not-null-column"] = [[m => m.AddColumn<string>("colour", "todos", "text", nullable: false)]],
        ["set-not-null"] = [[m => m.AlterColumn<string>("colour", "todos", "text", oldClrType: typeof(string), oldType: "text", oldNullable: true)], BySql("alter table todos alter column colour set not null")],
        ["check-validated"] =
        [
            [m => m.AddCheckConstraint("ck_a", "todos", "rank > 0")],
            BySql("alter table todos add constraint ck_a check (rank > 0)"),
            BySql("alter table todos add constraint ck_a check (rank > 0) not valid; alter table todos validate constraint ck_a"),
        ],
        ["foreign-key-validated"] =
        [
            [m => m.AddForeignKey("fk_a", "todos", "list_id", "lists", principalColumn: "id")],
            BySql("alter table todos add foreign key (list_id) references lists"),
        ],
        ["index-blocks"] = [[m => m.CreateIndex("ix_a", "todos", "rank")], [m => m.AddUniqueConstraint("ak_a", "todos", "rank")], BySql("create unique index ix_a on todos (rank)")],
        ["primary-key"] = [[m => m.AddPrimaryKey("pk_a", "todos", "id")], [m => m.DropPrimaryKey("pk_a", "todos")], BySql("alter table todos add primary key (id)")],
        ["drop-in-use"] = [[m => m.DropColumn("rank", "todos")], [m => m.DropTable("todos")], BySql("alter table todos drop column rank"), BySql("drop table if exists pooled.todos")],
        ["rename"] = [[m => m.RenameColumn("a", "todos", "b")], [m => m.RenameTable("todos", newName: "tasks")], BySql("alter table todos rename to tasks")],
        ["drop-default"] = [[m => m.AlterColumn<int>("rank", "todos", "integer", oldClrType: typeof(int), oldType: "integer", oldDefaultValue: 3)], BySql("alter table todos alter rank drop default")],
        ["drop-constraint"] = [[m => m.DropCheckConstraint("ck_a", "todos")], [m => m.DropForeignKey("fk_a", "todos")], [m => m.DropUniqueConstraint("ak_a", "todos")], BySql("alter table todos drop constraint ck_a")],
        ["mixed-transaction"] = [[m => { Concurrently(m); m.AddColumn<string>("colour", "todos", "text", nullable: true); }]],
        ["backfill-mixed"] = [[m => { m.AddColumn<string>("colour", "todos", "text", nullable: true); m.Sql("update todos set colour = 'red'"); }], BySql("alter table todos add colour text; update todos set colour = 'red'")],
        ["long-lock"] = [BySql("lock table todos"), BySql("vacuum full todos"), BySql("reindex table todos")],
    };

    public static IReadOnlyDictionary<string, Action<MigrationBuilder>[][]> Safe { get; } = new Dictionary<string, Action<MigrationBuilder>[][]>
    {
        ["type-change"] = [[m => m.AlterColumn<string>("title", "todos", "text", oldClrType: typeof(string), oldType: "character varying(100)")], [m => m.AddColumn<long>("rank2", "todos", "bigint", nullable: true)]],
        ["volatile-default"] = [[m => m.AddColumn<DateTime>("seen", "todos", "timestamptz", defaultValueSql: "now()")]],
        ["not-null-column"] = [[m => m.AddColumn<string>("colour", "todos", "text", nullable: true)], [m => m.AddColumn<string>("colour", "todos", "text", defaultValue: "red")]],
        ["set-not-null"] =
        [
            [
                m => m.Sql("alter table report_weeks add constraint ck_report_weeks_colour_not_null check (colour is not null) not valid"),
                m => m.Sql("alter table report_weeks validate constraint ck_report_weeks_colour_not_null"),
                m => m.AlterColumn<string>("colour", "report_weeks", "text", oldClrType: typeof(string), oldType: "text", oldNullable: true),
            ],
        ],
        ["check-validated"] = [[m => m.Sql("alter table todos add constraint ck_a check (rank > 0) not valid"), m => m.Sql("alter table todos validate constraint ck_a")]],
        ["foreign-key-validated"] = [BySql("alter table todos add foreign key (list_id) references lists not valid")],
        ["index-blocks"] = [[Concurrently], [m => m.Sql("create index concurrently ix_a on todos (rank)", suppressTransaction: true)], BySql("alter table todos add constraint ak_a unique using index ix_a")],
        ["primary-key"] = [BySql("alter table todos add primary key using index ix_a")],
        ["drop-in-use"] = [[m => m.DropColumn("gone", "todos")], [m => m.DropTable("leftovers")], BySql("alter table todos drop column gone")],
        ["rename"] = [[m => m.AddColumn<string>("b", "todos", "text", nullable: true)], BySql("alter table todos rename constraint ck_a to ck_b")],
        ["drop-default"] = [[m => m.AlterColumn<int>("rank", "todos", "integer", defaultValue: 4, oldClrType: typeof(int), oldType: "integer", oldDefaultValue: 3)]],
        ["drop-constraint"] = [[NewTable]],
        ["mixed-transaction"] = [[Concurrently, m => m.AddColumn<string>("colour", "todos", "text", nullable: true)]],
        ["backfill-mixed"] = [[m => m.AddColumn<string>("colour", "todos", "text", nullable: true), m => m.Sql("update todos set colour = 'red'")], [NewTable]],
        ["long-lock"] = [[m => m.Sql("reindex index concurrently ix_a", suppressTransaction: true)]],
    };

    public static IReadOnlyList<MigrationOperation> Operations(Action<MigrationBuilder> migration)
    {
        var builder = new MigrationBuilder("Npgsql.EntityFrameworkCore.PostgreSQL");
        migration(builder);
        return builder.Operations;
    }

    private static Action<MigrationBuilder>[] BySql(string sql) => [m => m.Sql(sql)];

    private static void Concurrently(MigrationBuilder migration) =>
        migration.CreateIndex("ix_a", "todos", "rank").Annotation("Npgsql:CreatedConcurrently", true);

    // Nobody uses a table yet that is created here, so all is allowed.
    private static void NewTable(MigrationBuilder migration)
    {
        migration.CreateTable("lists", columns => new { id = columns.Column<Guid>("uuid"), name = columns.Column<string>("text") });
        migration.AddPrimaryKey("pk_lists", "lists", "id");
        migration.CreateIndex("ix_lists", "lists", "name", unique: true);
        migration.DropCheckConstraint("ck_a", "lists");
        migration.Sql("insert into lists (id, name) values (gen_random_uuid(), 'Inbox'); alter table lists alter column name set not null");
    }
}
