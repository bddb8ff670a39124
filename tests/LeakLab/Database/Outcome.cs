using Npgsql;

namespace TenantPlatform.LeakLab.Database;

/// <summary>What one statement did.</summary>
/// <param name="Rows">Of the victim, seen or written; 1 for a statement without rows that succeeded.</param>
/// <param name="Error">What the database answered instead.</param>
internal sealed record Outcome(int Rows, PostgresException? Error = null)
{
    private const string IntegrityViolations = "23";

    public static string LockRisk { get; } =
        "PostgreSQL lets whoever may update or delete in a table lock it whole; nobody's rows are seen or changed, but everybody waits until the lock ends.";

    /// <summary>Row-level security lets nobody copy in whom it binds, so this is an answer to everybody.</summary>
    public bool IsCopyRefused => Error is { SqlState: PostgresErrorCodes.FeatureNotSupported } && Error.MessageText.Contains("row-level security", StringComparison.Ordinal);

    public bool IsPermissionDenied => Error is { SqlState: PostgresErrorCodes.InsufficientPrivilege } && Error.MessageText.StartsWith("permission denied", StringComparison.Ordinal);

    /// <summary>Policies are checked before constraints, so whom only a constraint stopped was not stopped by a policy.</summary>
    private bool IsPastPolicies => Error?.SqlState.StartsWith(IntegrityViolations, StringComparison.Ordinal) is true;

    /// <summary>Whether a rightful caller would be content.</summary>
    public bool Worked => Rows > 0 || IsPastPolicies;

    /// <param name="isOwnContext">Whether the attacker came with a context that is its own.</param>
    public Verdict Judge(Subject subject, LabAction action, bool isOwnContext)
    {
        var verdict = Judge(action);
        return verdict is Verdict.Leaked && isOwnContext && action == LabAction.Insert && subject.Guarded.WhyOpenToInsert is { } reason
            ? new Verdict.Accepted(reason)
            : verdict;
    }

    private Verdict Judge(LabAction action)
    {
        if (action == LabAction.Guess)
            return Error?.SqlState == PostgresErrorCodes.UniqueViolation
                ? new Verdict.Leaked($"{Error.ConstraintName} tells that another tenant has these values")
                : new Verdict.Held("no unique violation");

        return this switch
        {
            { Error.SqlState: PostgresErrorCodes.InsufficientPrivilege } => new Verdict.Held($"{Error.SqlState} {Error.MessageText}"),
            { Error: not null } when IsCopyRefused => new Verdict.Held($"{Error.SqlState} {Error.MessageText}"),
            { Error: not null } when IsPastPolicies => new Verdict.Leaked($"the policies let it through, only {Error.ConstraintName ?? Error.ColumnName} did not"),
            { Error: not null } => new Verdict.Void($"the database answered something else: {Error.SqlState} {Error.MessageText}"),
            { Rows: 0 } => new Verdict.Held("0 rows"),
            _ when action == LabAction.TableLock => new Verdict.Accepted(LockRisk),
            _ => new Verdict.Leaked($"{Rows} rows of the victim"),
        };
    }
}
