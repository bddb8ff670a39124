using TenantPlatform.LeakLab.Database.Attacks;

namespace TenantPlatform.LeakLab.Database;

/// <summary>Every guarded table of the model x every way to touch a row x every way to come by a row of somebody else.</summary>
public sealed class DatabaseLab
{
    private readonly LabSubjects subjects;
    private readonly LabOptions options;
    private readonly IReadOnlyList<Subject> attacked;
    private readonly BenchPool benches;
    private IReadOnlyList<Surface> surface = [];
    private LabReport report = new("database lab", []);

    private DatabaseLab(BenchPool benches, LabSubjects subjects, LabOptions options)
    {
        (this.benches, this.subjects, this.options) = (benches, subjects, options);
        attacked = [.. subjects.All.Where(subject => options.Tables?.Contains(subject.Guarded.Table.Name) is not false)];
    }

    private bool IsOver => options.StopAtFirstFailure && (report.Leaks.Count > 0 || report.Voids.Count > 0);

    /// <summary>Generates the matrix, runs it and judges every cell.</summary>
    public static async Task<LabReport> RunAsync(LabTarget target, LabSubjects subjects, LabOptions options, CancellationToken cancellationToken)
    {
        await using var benches = new BenchPool(target);
        return await new DatabaseLab(benches, subjects, options).RunAsync(cancellationToken);
    }

    private async Task<LabReport> RunAsync(CancellationToken cancellationToken)
    {
        await benches.UseAsync(bench => RunAloneAsync(bench, cancellationToken));
        await Parallel.ForEachAsync(
            attacked,
            new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellationToken },
            async (subject, cancel) => await benches.UseAsync(bench => AttackAsync(bench, subject, cancel)));
        return report;
    }

    // Entitled statements really lock rows and tables, so nothing else runs beside them.
    private async Task RunAloneAsync(Bench bench, CancellationToken cancellationToken)
    {
        surface = await Surface.FindAsync(bench.Raw, subjects.Victim, cancellationToken);
        report = new LabReport("database lab", [.. Generate()]);

        foreach (var subject in attacked)
            await RunControlsAsync(bench, subject, cancellationToken);

        await RunSurfaceAsync(bench, cancellationToken);
    }

    private IEnumerable<Cell> Generate() =>
    [
        .. attacked.SelectMany(subject => LabAction.All.Select(action => new Cell(subject.Name, action.Name, Control.Attack))),
        .. attacked.Select(subject => new Cell(subject.Name, LabAction.Select.Name, Control.EfAttack)),
        .. attacked.SelectMany(subject => Cells(subject).Select(cell => cell.Cell)),
        .. surface.SelectMany(thing => Surface.Attacks.Select(thing.Cell)),
    ];

    private static IEnumerable<(Cell Cell, LabAction Action, Attack Attack)> Cells(Subject subject) =>
        from action in LabAction.All.Append(LabAction.Guess)
        from attack in Attack.All
        where attack.Concerns(subject.Guarded, action)
        select (new Cell(subject.Name, action.Name, attack.Name), action, attack);

    private async Task RunControlsAsync(Bench bench, Subject subject, CancellationToken cancellationToken)
    {
        var control = new Control(bench);
        foreach (var action in LabAction.All)
            await JudgeAsync(new(subject.Name, action.Name, Control.Attack), () => control.RunAsync(subject, action, cancellationToken));

        await JudgeAsync(new(subject.Name, LabAction.Select.Name, Control.EfAttack), () => control.RunEfAsync(subject, cancellationToken));
    }

    private async Task RunSurfaceAsync(Bench bench, CancellationToken cancellationToken)
    {
        string[] ids = [.. attacked.SelectMany(subject => subject.Theirs.Values.Values).Where(value => Guid.TryParse(value, out _)).Distinct()];
        var own = bench.Mint?.Mint(new ContextClaims("tenant", subjects.Attacker.TenantId, subjects.Attacker.UserId));

        foreach (var thing in surface)
        {
            await JudgeAsync(thing.Cell(Surface.Attacks[0]), () => thing.RunAsync(bench, Entry.None, ids, cancellationToken));
            await JudgeAsync(thing.Cell(Surface.Attacks[1]), async () => own is null
                ? new Verdict.NotRun(Bench.NoKey)
                : await thing.RunAsync(bench, new Entry(own), ids, cancellationToken));
        }
    }

    private async Task AttackAsync(Bench bench, Subject subject, CancellationToken cancellationToken)
    {
        var watch = bench.Unbound is null ? null : new Watch(bench.Unbound, subject);
        await (watch?.StartAsync(cancellationToken) ?? Task.CompletedTask);

        foreach (var (cell, action, attack) in Cells(subject))
            await JudgeAsync(cell, async () =>
            {
                if (WhyNot(bench, subject, action, attack) is { } reason)
                    return new Verdict.NotRun(reason);

                if (watch is null && action == LabAction.Truncate && await bench.MayTruncateAsync(subject, cancellationToken))
                    return new Verdict.Leaked("tp_app may truncate; in somebody's deployment that is not tried");

                var verdict = await attack.RunAsync(bench, subject, action, cancellationToken);
                return watch is not null && action.Writes ? await watch.CheckAsync(verdict, cancellationToken) : verdict;
            });
    }

    private static string? WhyNot(Bench bench, Subject subject, LabAction action, Attack attack) => bench switch
    {
        { Mint: null } when attack.NeedsKey => Bench.NoKey,
        { Mint: not null } when action.NeedsRow && !subject.HasRow => Control.NoRow,
        { Unbound: null } when action == LabAction.TableLock => "The deployment's own users would have to wait; whoever may update in a table may lock it.",
        { Unbound: null } when action == LabAction.Guess => Control.NothingWritten,
        _ => attack.WhyNot(bench, action),
    };

    private async Task JudgeAsync(Cell cell, Func<Task<Verdict>> run)
    {
        if (IsOver)
            return;

        try
        {
            report.Judge(cell, await run());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            report.Judge(cell, new Verdict.Void($"{e.GetType().Name}: {e.Message}"));
        }
    }
}
