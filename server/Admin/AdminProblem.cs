using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Admin;

/// <summary>What is wrong with a request, as problem+json: the field, the value, and what is allowed.</summary>
internal static class AdminProblem
{
    private const string Description = "what /openapi/v1.json describes";

    private static readonly string[] JobKeys = Keys<NewJob>();
    private static readonly string[] ItemKeys = Keys<NewJobItem>();

    public static ProblemHttpResult Of(int status, string field, string value, string allowed)
    {
        var shown = value.Length <= 200 ? value : value[..200];
        return TypedResults.Problem(title: $"{field} '{shown}': allowed is {allowed}.", statusCode: status,
            extensions: new Dictionary<string, object?> { ["field"] = field, ["value"] = shown, ["allowed"] = allowed });
    }

    public static Task WriteAsync(HttpContext context, int status, string field, string value, string allowed) =>
        Of(status, field, value, allowed).ExecuteAsync(context);

    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (JobRequestException wrong)
        {
            await WriteAsync(context, 400, wrong.Field, wrong.Value, wrong.Allowed);
            return;
        }
        catch (BadHttpRequestException wrong)
        {
            await BadRequest(wrong).ExecuteAsync(context);
            return;
        }

        await SpeakAsync(context);
    }

    /// <summary>Gives words to what routing and the reading of bodies refuse without any.</summary>
    private static Task SpeakAsync(HttpContext context)
    {
        var response = context.Response;
        return response.HasStarted ? Task.CompletedTask : response.StatusCode switch
        {
            404 => WriteAsync(context, 404, "path", context.Request.Path, "a path of /openapi/v1.json"),
            405 => WriteAsync(context, 405, "method", context.Request.Method, response.Headers.Allow.ToString()),
            413 => WriteAsync(context, 413, "body", string.Create(CultureInfo.InvariantCulture, $"{context.Request.ContentLength} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"at most {AdminListener.MaxBody} bytes")),
            _ => Task.CompletedTask,
        };
    }

    private static ProblemHttpResult BadRequest(BadHttpRequestException wrong)
    {
        if (wrong.InnerException is not JsonException json)
            return Of(wrong.StatusCode, "body", "", Description);

        // The place and, of a key that does not exist, its name; never a value, which may be a password.
        var place = string.Create(CultureInfo.InvariantCulture, $"line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}");
        var path = json.Path is { Length: > 0 } known ? known : "$";
        var keys = path.StartsWith("$.items[", StringComparison.Ordinal) ? ItemKeys : JobKeys;
        var last = path[(path.LastIndexOf('.') + 1)..];
        var isUnknown = json.InnerException is null && path.Contains('.', StringComparison.Ordinal)
            && !last.EndsWith(']') && !keys.Contains(last, StringComparer.OrdinalIgnoreCase);
        return isUnknown
            ? Of(400, path, $"{last} at {place}", string.Join(", ", keys))
            : Of(400, path, place, json.InnerException is JsonException ? "well-formed JSON" : Description);
    }

    private static string[] Keys<T>() => [.. typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];
}
