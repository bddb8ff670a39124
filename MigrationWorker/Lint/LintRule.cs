namespace TenantPlatform.MigrationWorker.Lint;

/// <summary>What makes a migration dangerous where replicas serve and tables are large.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Why">What would happen, as a sentence.</param>
/// <param name="SafeForm">How to get there in steps that hurt nobody, as a sentence.</param>
internal sealed record LintRule(string Id, string Why, string SafeForm)
{
    public static readonly LintRule TypeChange = new("type-change", "The table is rewritten, and nobody reads or writes it meanwhile.",
        "Add a column of the new type, write both, backfill, read the new one; drop the old one a release later.");

    public static readonly LintRule VolatileDefault = new("volatile-default", "A value is computed for every row, so the table is rewritten, and nobody reads or writes it meanwhile.",
        "Add the column nullable and without default, set the default in a migration after it, and backfill in batches.");

    public static readonly LintRule NotNullColumn = new("not-null-column", "It fails where there are rows, and the release before cannot insert any more.",
        "Add the column nullable or with a constant default.");

    public static readonly LintRule SetNotNull = new("set-not-null", "All rows are read while nobody may read or write, and the release before may still write null.",
        "Add 'check (column is not null) not valid', validate it in a migration of its own, then set not null: PostgreSQL believes the check.");

    public static readonly LintRule CheckValidated = new("check-validated", "All rows are read while nobody may read or write the table.",
        "Add the check as SQL with 'not valid', and validate it in a migration of its own.");

    public static readonly LintRule ForeignKeyValidated = new("foreign-key-validated", "All rows are read while nobody may write to either table.",
        "Add the foreign key as SQL with 'not valid', and validate it in a migration of its own.");

    public static readonly LintRule IndexBlocks = new("index-blocks", "Nobody writes to the table while the index is built.",
        "Use IsCreatedConcurrently() in a migration of its own; a unique constraint is made from such an index.");

    public static readonly LintRule PrimaryKey = new("primary-key", "An index is built while nobody may read or write, and references to the table break.",
        "Build a unique index concurrently, then 'add primary key using index' in a migration after it.");

    public static readonly LintRule Drop = new("drop-in-use", "Replicas of the release before still read and write it.",
        "Stop using it in one release; drop it in the next, with [UnusedSince(\"table.column\", \"release\")] on the migration.");

    public static readonly LintRule Rename = new("rename", "Replicas of the release before know the old name only.",
        "Add the new one, write both, backfill, read the new one; drop the old one a release later.");

    public static readonly LintRule DropDefault = new("drop-default", "Replicas of the release before leave the column to its default, and their inserts fail.",
        "Drop the default one release after the last that relies on it.");

    public static readonly LintRule DropConstraint = new("drop-constraint", "Replicas of the release before rely on what it refuses, and on what a foreign key cascades.",
        "Drop it one release after the last that relies on it.");

    public static readonly LintRule MixedTransaction = new("mixed-transaction", "Part of it cannot be undone: after a failure the migration is neither applied nor not applied.",
        "Put what runs outside transactions into a migration of its own, one statement each.");

    public static readonly LintRule BackfillMixed = new("backfill-mixed", "Locks of the changed table are held while rows are written.",
        "Backfill in a migration of its own, in batches where the table is large.");

    public static readonly LintRule LongLock = new("long-lock", "Nobody reads or writes the table until it ends.",
        "Leave it out of migrations, or use the concurrent form outside transactions.");

    public static IReadOnlyList<LintRule> All { get; } =
    [
        TypeChange, VolatileDefault, NotNullColumn, SetNotNull, CheckValidated, ForeignKeyValidated, IndexBlocks, PrimaryKey, Drop, Rename, DropDefault,
        DropConstraint, MixedTransaction, BackfillMixed, LongLock,
    ];
}
