namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceNames
{
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static bool Same(string? left, string? right) => Comparer.Equals(left, right);

    public static void Validate(string name, string kind = "Resource")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Problem(name) is { } problem)
            throw new ArgumentException($"{kind} name '{name}' is invalid. {problem}", nameof(name));
    }

    private static string? Problem(string name) => name switch
    {
        { Length: > 64 } => "Name must be between 1 and 64 characters long.",
        _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') => "Name must contain only ASCII letters, digits, and hyphens.",
        _ when !char.IsAsciiLetter(name[0]) => "Name must start with an ASCII letter.",
        _ when name.EndsWith('-') => "Name cannot end with a hyphen.",
        _ when name.Contains("--", StringComparison.Ordinal) => "Name cannot contain consecutive hyphens.",
        _ => null,
    };
}
