using System.Text.Json;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Admin;

/// <summary>What is wrong with a request, as problem+json: the field, the value, and what is allowed.</summary>
internal static class AdminProblem
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public static Task WriteAsync(HttpContext context, int status, string field, string value, string allowed)
    {
        context.Response.StatusCode = status;
        var shown = value.Length <= 200 ? value : value[..200];
        return context.Response.WriteAsJsonAsync(
            new { title = $"{field} '{shown}': allowed is {allowed}.", status, field, value = shown, allowed },
            Json, "application/problem+json", context.RequestAborted);
    }

    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (JobRequestException wrong)
        {
            await WriteAsync(context, 400, wrong.Field, wrong.Value, wrong.Allowed);
        }
        catch (BadHttpRequestException wrong)
        {
            // The reader's own sentence names the place in the JSON, never its content.
            var place = wrong.InnerException is JsonException { Path: { Length: > 0 } path } ? path : "request";
            await WriteAsync(context, wrong.StatusCode, place, wrong.Message, "what /openapi/v1.json describes");
        }
    }
}
