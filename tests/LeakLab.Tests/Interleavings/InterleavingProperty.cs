using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>For all interleavings nothing is found. A failure names its seed, and that in the environment replays the same steps.</summary>
internal static class InterleavingProperty
{
    public const string SeedVariable = "INTERLEAVINGS_SEED";

    private const int StepsPerCase = 500;

    /// <exception cref="InvalidOperationException">Something was found; the message says what, in which steps and how to replay them.</exception>
    public static async Task CheckAsync(Arena arena, int operations)
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } given
            ? ulong.Parse(given, CultureInfo.InvariantCulture)
            : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var steps = Math.Min(StepsPerCase, operations);
        var config = Config.QuickThrowOnFailure
            .WithQuietOnSuccess(true)
            .WithMaxTest(operations / steps)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        string? firstFinding = null;

        bool Holds(Interleaving interleaving)
        {
            var holds = Task.Run(() => arena.RunAsync(interleaving)).GetAwaiter().GetResult();
            firstFinding ??= arena.Tally.Findings.FirstOrDefault();
            return holds;
        }

        try
        {
            await Task.Run(() => Check.One(config, Prop.ForAll(RandomInterleavings.Arbitrary(steps), (Func<Interleaving, bool>)Holds)));
        }
        catch (Exception e) when (firstFinding is not null)
        {
            throw new InvalidOperationException(
                $"{firstFinding}\n{arena.Tally}\n{SeedVariable}={seed} replays these steps; how those of different tenants fall together is up to the machine.\n{e.Message}", e);
        }
    }
}
