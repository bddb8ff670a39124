namespace TenantPlatform.Fixtures;

public static class Repository
{
    /// <param name="path">From the root of the repository, above the folder that the tests were built into.</param>
    public static string PathOf(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TenantPlatform.sln")))
                return Path.Combine(folder.FullName, path);
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has TenantPlatform.sln: run the tests where they were built.");
    }
}
