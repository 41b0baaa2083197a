using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using OpenStage.Server.Pages;

namespace OpenStage.Server.Admin;

/// <summary>What is wrong with a request: the field, the value, and what is allowed; the same body for all of the API.</summary>
internal static partial class ApiErrors
{
    private const string Description = "what /openapi/v1.json describes";

    public static JsonHttpResult<ApiErrorList> Of(RequestException wrong) => TypedResults.Json(
        new ApiErrorList([new ApiError(wrong.Code ?? Code(wrong.Status), wrong.Message, new ApiErrorDetail(wrong.Field, wrong.Value, wrong.Allowed))]),
        statusCode: wrong.Status);

    public static Task WriteAsync(HttpContext context, int status, string field, string value, string allowed) =>
        AnswerAsync(context, new RequestException(field, value, allowed) { Status = status });

    /// <summary>Says what is wrong: to people on a page, to programs in JSON.</summary>
    public static Task AnswerAsync(HttpContext context, RequestException wrong) =>
        PageErrors.WantsPage(context.Request) ? PageErrors.Page(wrong).ExecuteAsync(context) : Of(wrong).ExecuteAsync(context);

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
            await AnswerAsync(context, wrong);
            return;
        }
        catch (BadHttpRequestException wrong)
        {
            await AnswerAsync(context, BadRequest(wrong, context.Request));
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
            413 => Of(TooLarge(context.Request)).ExecuteAsync(context),
            415 => Of(WrongType(context.Request)).ExecuteAsync(context),
            _ => Task.CompletedTask,
        };
    }

    private static RequestException TooLarge(HttpRequest request) => new(
        "body", string.Create(CultureInfo.InvariantCulture, $"{request.ContentLength} bytes"),
        string.Create(CultureInfo.InvariantCulture, $"at most {AdminListener.MaxBody} bytes"))
    { Status = 413 };

    /// <summary>Refuses a body of another type than the operation takes.</summary>
    public static RequestException WrongType(HttpRequest request) => new(
        "Content-Type", request.ContentType ?? "", request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is { } known
            ? string.Join(", ", known.ContentTypes)
            : "application/octet-stream for the content of a file, else application/json")
    { Status = 415 };

    private static RequestException BadRequest(BadHttpRequestException wrong, HttpRequest request)
    {
        if (wrong.StatusCode == 413)
            return TooLarge(request);
        if (wrong.StatusCode == 415)
            return WrongType(request);
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

        if (Missing().Match(json.Message) is { Success: true } missing)
            return new RequestException($"{path}.{missing.Groups["key"].Value}", "", "a value");
        return new RequestException(path, place, json.InnerException is JsonException ? "well-formed JSON" : Wanted(json.Message) ?? Description);
    }

    /// <summary>What a field wants whose value is of another kind, by the words of the reader of JSON; null when they do not tell.</summary>
    private static string? Wanted(string message)
    {
        if (!OtherKind().Match(message).Groups["type"].Success)
            return null;
        return OtherKind().Match(message).Groups["type"].Value switch
        {
            "System.Boolean" => "true or false",
            "System.Int32" or "System.Int64" => "a whole number",
            "System.Double" => "a number",
            "System.String" => "a text",
            "System.DateTimeOffset" => "a time such as 2026-01-05T08:00:00Z",
            var name when typeof(ApiErrors).Assembly.GetType(name) is { IsEnum: true } words => string.Join(", ", Enum.GetNames(words)),
            _ => null,
        };
    }

    [GeneratedRegex(@"was missing required properties including: '(?<key>[^']*)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"could not be converted to (System\.Nullable`1\[)?(?<type>[\w.]+)")]
    private static partial Regex OtherKind();

    [GeneratedRegex(@"'(?<key>[^']*)' could not be mapped to any \.NET member contained in type '(?<type>[^']*)'")]
    private static partial Regex UnknownKey();
}
