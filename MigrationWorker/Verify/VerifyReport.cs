namespace TenantPlatform.MigrationWorker.Verify;

/// <param name="Problems">A sentence each; none is a good answer.</param>
/// <param name="Quarantined">Schemas that wait for somebody to look at why they failed, with the reason; they were not compared.</param>
/// <param name="Compared">How many schemas of single tenants, spare ones included, were compared.</param>
/// <param name="Schemas">How many there were to choose from.</param>
internal sealed record VerifyReport(
    IReadOnlyList<string> Problems, IReadOnlyList<QuarantinedSchema> Quarantined, int Compared, int Schemas, double Milliseconds)
{
    private const int Agree = 0;
    private const int Disagree = 1;
    private const int AgreeButQuarantined = 3;

    public int ExitCode => Problems.Count > 0 ? Disagree : Quarantined.Count > 0 ? AgreeButQuarantined : Agree;

    public string Summary => FormattableString.Invariant(
        $"{Verdict} Compared control plane, pooled and {Extent}, in {Milliseconds:0} ms.");

    private string Verdict => Problems.Count == 0
        ? "Model, migrations and database agree."
        : $"{Problems.Count} problem(s): change the model and add a migration, or undo the change in the database.";

    private string Extent => Compared == Schemas
        ? $"all {Schemas} schemas of single tenants"
        : $"{Compared} of {Schemas} schemas of single tenants, chosen by chance (--all compares all)";
}

internal sealed record QuarantinedSchema(string Name, string Reason)
{
    public override string ToString() => $"{Name} is in quarantine: {Reason}";
}
