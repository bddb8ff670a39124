using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace TenantPlatform.ApiService.Problems;

/// <summary>Writes every problem, whatever the Accept header says: the framework's own writer falls silent or plain when it names no JSON.</summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var response = context.HttpContext.Response;

        if (problem is HttpValidationProblemDetails validation)
        {
            validation.Errors = validation.Errors.ToDictionary(error => FieldName(error.Key), error => error.Value);
        }

        if (!ProblemType.IsDescribed(problem))
        {
            Type(problem, response.StatusCode).Describe(problem);
        }

        if (ProblemType.RetryAfter(problem) is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        response.StatusCode = problem.Status ?? response.StatusCode;
        await response.WriteAsJsonAsync(
            problem, json.Value.SerializerOptions.GetTypeInfo(problem.GetType()), "application/problem+json", context.HttpContext.RequestAborted);
    }

    /// <summary>Names fields as JSON does: Todos[3].DueDate is todos[3].dueDate.</summary>
    internal static string FieldName(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static ProblemType Type(ProblemDetails problem, int status) =>
        problem is HttpValidationProblemDetails ? ProblemType.Validation : ProblemType.Of(problem.Status ?? status);
}
