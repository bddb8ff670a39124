namespace TenantPlatform.Bench.Api;

/// <summary>How many times as many requests as another variant the API should serve.</summary>
internal static class Goal
{
    public static double? Of(string operation, string variant) => (operation, variant) switch
    {
        ("get", "A") => 3.0,
        ("get", "Ac") => 2.3,
        ("get", "B2") => 0.75,
        ("get", "B4") => 0.88,
        ("post", "A") => 2.5,
        ("post", "B2") => 0.8,
        _ => null,
    };
}
