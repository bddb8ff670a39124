using System.Text.Encodings.Web;
using System.Text.Json;

namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>One document on standard output, for scripts.</summary>
internal static class Json
{
    // A file and no web page: quotation marks in sentences stay readable.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write<T>(T document) => Console.WriteLine(JsonSerializer.Serialize(document, Options));
}
