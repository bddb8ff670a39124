using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

internal static class PasswordGenerator
{
    // Letters that look alike are left out.
    private const string Lower = "abcdefghjkmnpqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Numeric = "0123456789";
    private const string Special = "-_.{}~()*+!";

    public static string Generate(GenerateParameterDefault rules)
    {
        (string Characters, bool Allowed, int Minimum)[] groups =
        [
            (Lower, rules.Lower, rules.MinLower),
            (Upper, rules.Upper, rules.MinUpper),
            (Numeric, rules.Numeric, rules.MinNumeric),
            (Special, rules.Special, rules.MinSpecial),
        ];
        if (groups.FirstOrDefault(group => !group.Allowed && group.Minimum > 0) is { Characters: not null } contradiction)
            throw new ArgumentException($"A generated value cannot both forbid and require characters of '{contradiction.Characters}'.");

        var all = string.Concat(groups.Where(group => group.Allowed).Select(group => group.Characters));
        if (all.Length == 0)
            throw new ArgumentException("A generated value needs at least one allowed kind of character.");

        var required = string.Concat(groups.Select(group => RandomNumberGenerator.GetString(group.Characters, group.Minimum)));
        var rest = RandomNumberGenerator.GetString(all, Math.Max(0, rules.MinLength - required.Length));
        var characters = (required + rest).ToCharArray();
        RandomNumberGenerator.Shuffle<char>(characters);
        return new string(characters);
    }
}
