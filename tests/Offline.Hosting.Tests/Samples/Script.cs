namespace TenantPlatform.Offline.Hosting.Tests.Samples;

/// <summary>Shell programs for resources.</summary>
internal static class Script
{
    public const string Sleep = "exec sleep 1000";

    /// <summary>Notes in a file that it was asked to end, then ends.</summary>
    public static string OnTerm(string name, string file) =>
        $"trap 'echo {name} >> {file}; exit 0' TERM; while :; do sleep 0.05; done";

    public const string IgnoreTerm = "trap '' TERM; while :; do sleep 0.05; done";
}
