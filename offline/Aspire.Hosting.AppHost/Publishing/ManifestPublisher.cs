using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest where --output-path says.</summary>
internal sealed class ManifestPublisher(
    IConfiguration configuration,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    ILogger<ManifestPublisher> logger)
{
    private const string FileName = "aspire-manifest.json";
    private const string ManifestStep = "publish-manifest";

    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        var path = FindPath();
        try
        {
            await WriteAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The manifest could not be written to {path}: {e.Message} Name another place with --output-path.", e);
        }

        logger.LogInformation("Published manifest to: {ManifestPath}", path);
    }

    private string FindPath()
    {
        if (!executionContext.PublisherName.Equals("manifest", StringComparison.OrdinalIgnoreCase))
            throw new DistributedApplicationException(
                $"The publisher '{executionContext.PublisherName}' is not available offline; only 'manifest' is. Use a NuGet feed that has the Aspire packages.");
        if (configuration[AppHostSettings.StepKey] is { } step && step != ManifestStep)
            throw new DistributedApplicationException(
                $"The step '{step}' is not available offline; only '{ManifestStep}' is. Use a NuGet feed that has the Aspire packages.");
        if (configuration[AppHostSettings.OutputPathKey] is not { Length: > 0 } output)
            throw new DistributedApplicationException("The '--output-path [path]' option was not specified. Say where to write, for example --output-path ./aspire-manifest.json.");

        var path = Path.GetFullPath(output);
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, FileName);
    }

    private async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        await using (var writer = new Utf8JsonWriter(buffer, options))
            await new ManifestWriter(new ManifestPublishingContext(executionContext, path, writer, cancellationToken)).WriteAsync(model);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, buffer.ToArray(), cancellationToken);
    }
}
