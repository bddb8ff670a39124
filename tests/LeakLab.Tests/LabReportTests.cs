namespace TenantPlatform.LeakLab.Tests;

public sealed class LabReportTests
{
    private static readonly Cell[] Cells = [new("todos", "select", "no context"), new("todos", "insert", "no context")];

    [Fact]
    public void A_cell_that_was_never_judged_is_a_failure()
    {
        var report = new LabReport("lab", Cells);
        report.Judge(Cells[0], new Verdict.Held("no rows"));

        Assert.False(report.IsClean);
        Assert.Equal([Cells[1]], report.Unjudged);
        Assert.Contains("1 of 2 cells run", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_leak_is_a_failure_and_is_named()
    {
        var report = new LabReport("lab", Cells);
        report.Judge(Cells[0], new Verdict.Held("no rows"));
        report.Judge(Cells[1], new Verdict.Leaked("a row was written"));

        Assert.False(report.IsClean);
        Assert.Contains("LEAK todos x insert x no context: a row was written", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lab_that_ran_nothing_proves_nothing()
    {
        var report = new LabReport("lab", Cells);
        report.Judge(Cells[0], new Verdict.NotRun("There is no pooler here."));
        report.Judge(Cells[1], new Verdict.NotRun("There is no pooler here."));

        Assert.False(report.IsClean);
        Assert.Contains("not run, 2 cells: There is no pooler here.", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_proves_nothing_is_a_failure()
    {
        var report = new LabReport("lab", Cells);
        report.Judge(Cells[0], new Verdict.Held("no rows"));
        report.Judge(Cells[1], new Verdict.Void("nobody can do it"));

        Assert.False(report.IsClean);
        Assert.Contains("PROVES NOTHING todos x insert x no context: nobody can do it", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_accepted_risk_is_no_failure_and_is_told()
    {
        var report = new LabReport("lab", Cells);
        report.Judge(Cells[0], new Verdict.Held("no rows"));
        report.Judge(Cells[1], new Verdict.Accepted("Everybody waits."));

        Assert.True(report.IsClean);
        Assert.Contains("accepted, 1 cells: Everybody waits.", report.ToString(), StringComparison.Ordinal);
    }
}
