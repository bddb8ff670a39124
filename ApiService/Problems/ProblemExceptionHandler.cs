using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TenantPlatform.ApiService.Problems;

/// <summary>Exceptions that say something about the request or the database. All others are 500 and tell nothing.</summary>
internal sealed partial class ProblemExceptionHandler(IProblemDetailsService problems, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Problem(exception) is not { } problem)
        {
            return false;
        }

        httpContext.Response.StatusCode = problem.Status!.Value;

        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            logger.LogError("The database does not answer: {Reason}", exception.GetBaseException().Message);
        }

        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
        return true;
    }

    private static ProblemDetails? Problem(Exception exception) => exception switch
    {
        BadHttpRequestException bad => BadRequest(bad),
        DbUpdateException update when ConstraintViolation.Of(update) is { } violation => Invalid(violation.Field ?? "", violation.Message),
        { InnerException: PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } } or
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } => ProblemType.UnreadableRequest.Describe(
            new ProblemDetails { Detail = "A text contains the character U+0000, which cannot be stored." }),
        _ when DatabaseFailure.IsUnavailable(exception) => ProblemType.DatabaseUnavailable.Describe(new ProblemDetails()),
        _ => null,
    };

    private static ProblemDetails BadRequest(BadHttpRequestException exception) => exception switch
    {
        { InnerException: JsonException { InnerException: not JsonException, Path: { Length: > 2 } path } } =>
            Invalid(path[2..], "The value cannot be read: it is repeated, or has the wrong type or format."),
        { InnerException: JsonException } => ProblemType.UnreadableRequest.Describe(
            new ProblemDetails { Detail = "The body is not the JSON object that this address takes." }),
        _ when UnboundParameter().Match(exception.Message) is { Success: true } parameter =>
            Invalid(parameter.Groups["name"].Value, "The value has the wrong format."),
        _ => ProblemType.Of(exception.StatusCode).Describe(new ProblemDetails { Status = exception.StatusCode }),
    };

    private static HttpValidationProblemDetails Invalid(string field, string message)
    {
        var problem = new HttpValidationProblemDetails { Errors = { [field] = [message] } };
        ProblemType.Validation.Describe(problem);
        return problem;
    }

    // The framework has no other place that says which query parameter it could not read.
    [GeneratedRegex("^Failed to bind parameter \"[^\"]* (?<name>[A-Za-z]+)\" from ")]
    private static partial Regex UnboundParameter();
}
