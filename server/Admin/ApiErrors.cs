using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenStage.Server.Admin;

/// <summary>What is wrong with a request: the field, the value, and what is allowed; the same body for all of the API.</summary>
internal static partial class ApiErrors
{
    private const string Description = "what /openapi/v1.json describes";

    public static JsonHttpResult<ApiErrorList> Of(RequestException wrong) => TypedResults.Json(
        new ApiErrorList([new ApiError(wrong.Code ?? Code(wrong.Status), wrong.Message, new ApiErrorDetail(wrong.Field, wrong.Value, wrong.Allowed))]),
        statusCode: wrong.Status);

    public static Task WriteAsync(HttpContext context, int status, string field, string value, string allowed) =>
        Of(new RequestException(field, value, allowed) { Status = status }).ExecuteAsync(context);

    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (RequestException wrong)
        {
            if (wrong.RetryAfter is { } wait)
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Of(wrong).ExecuteAsync(context);
            return;
        }
        catch (BadHttpRequestException wrong)
        {
            await Of(BadRequest(wrong)).ExecuteAsync(context);
            return;
        }

        await SpeakAsync(context);
    }

    private static string Code(int status) => status switch
    {
        400 or 413 or 415 or 421 => "VALIDATE_FAILED",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 or 405 => "NOT_FOUND",
        409 => "CONFLICT",
        429 => "TOO_MANY_REQUESTS",
        _ => "UNKNOWN",
    };

    /// <summary>Gives words to what routing and the reading of bodies refuse without any.</summary>
    private static Task SpeakAsync(HttpContext context)
    {
        var response = context.Response;
        return response.HasStarted || response.ContentType is not null ? Task.CompletedTask : response.StatusCode switch
        {
            404 => WriteAsync(context, 404, "path", context.Request.Path, "a path of /openapi/v1.json"),
            405 => WriteAsync(context, 405, "method", context.Request.Method, response.Headers.Allow.ToString()),
            413 => WriteAsync(context, 413, "body", string.Create(CultureInfo.InvariantCulture, $"{context.Request.ContentLength} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"at most {AdminListener.MaxBody} bytes")),
            415 => WriteAsync(context, 415, "Content-Type", context.Request.ContentType ?? "", "application/octet-stream for the content of a file, else application/json"),
            _ => Task.CompletedTask,
        };
    }

    private static RequestException BadRequest(BadHttpRequestException wrong)
    {
        if (wrong.InnerException is not JsonException json)
            return new RequestException("body", "", Description) { Status = wrong.StatusCode };

        // The place and, of a key that does not exist, its name; never a value, which may be a password.
        var place = string.Create(CultureInfo.InvariantCulture, $"line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}");
        var path = json.Path is { Length: > 0 } known ? known : "$";
        if (UnknownKey().Match(json.Message) is { Success: true } unknown
            && typeof(ApiErrors).Assembly.GetType(unknown.Groups["type"].Value) is { } type)
        {
            var keys = type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            return new RequestException(path, $"{unknown.Groups["key"].Value} at {place}", string.Join(", ", keys));
        }

        return new RequestException(path, place, json.InnerException is JsonException ? "well-formed JSON" : Description);
    }

    [GeneratedRegex(@"'(?<key>[^']*)' could not be mapped to any \.NET member contained in type '(?<type>[^']*)'")]
    private static partial Regex UnknownKey();
}
