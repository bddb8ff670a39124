using System.Globalization;

namespace TenantPlatform.MigrationWorker.Verbs.Doctor;

/// <param name="Render">The report as text, with colours if the form has them.</param>
/// <param name="Sample">How many schemas of single tenants to look into, by chance; null for all.</param>
/// <param name="Output">The file to write; null for the standard output.</param>
internal sealed record DoctorOptions(Func<DoctorReport, bool, string> Render, int? Sample, string? Output)
{
    /// <returns>Null when the arguments make no sense.</returns>
    public static DoctorOptions? Parse(ReadOnlySpan<string> arguments)
    {
        Func<DoctorReport, bool, string>? render = null;
        int? sample = null;
        string? output = null;

        while (arguments.Length > 0)
        {
            switch (arguments)
            {
                case ["--json", ..] when render is null:
                    render = (report, _) => DoctorJson.Render(report);
                    break;
                case ["--sarif", ..] when render is null:
                    render = (report, _) => DoctorSarif.Render(report);
                    break;
                case ["--sample", var text, ..] when sample is null && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    sample = number;
                    arguments = arguments[1..];
                    break;
                case ["--output", var file, ..] when output is null && file.Length > 0 && file[0] != '-':
                    output = file;
                    arguments = arguments[1..];
                    break;
                default:
                    return null;
            }

            arguments = arguments[1..];
        }

        return new DoctorOptions(render ?? DoctorTable.Render, sample, output);
    }
}
