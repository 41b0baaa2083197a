using System.Net;
using Microsoft.AspNetCore.Http.Features;
using OpenStage.Server.Accounts;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Audit;

/// <summary>Writes each request that changes something, and that is from somebody known or a login, into the audit log.</summary>
internal sealed class AuditTrail(AuditLog log)
{
    /// <summary>Bodies up to this size are told in the summary.</summary>
    private const int MostBytes = 64 * 1024;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (AccessRules.IsReading(request.Method))
        {
            await next(context);
            return;
        }

        var caller = Caller.Of(context);
        // Kept in memory however long it is, never in a temporary file: there may be passwords in it.
        if (caller is not null && request.HasJsonContentType() && request.ContentLength is null or <= MostBytes)
            request.EnableBuffering(AdminListener.MaxBody + 1);
        var status = 500;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            var note = AuditNote.Of(context);
            // Without a login nothing is changed; and a guesser must not be able to fill the log faster than to guess.
            if ((caller is not null || note.Account is not null) && status != 429)
            {
                log.Add(note.Account ?? caller!.Name, Address(context.Connection.RemoteIpAddress), request.Method, request.Path.Value ?? "",
                    note.Summary ?? await SummaryAsync(context), status);
            }
        }
    }

    private static async Task<string> SummaryAsync(HttpContext context)
    {
        if (context.Features.Get<IFormFeature>() is { Form: { } form })
            return AuditSummary.OfForm(form);
        if (!context.Request.Body.CanSeek)
            return "";
        context.Request.Body.Position = 0;
        var body = new byte[MostBytes + 1];
        try
        {
            var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
            return length > MostBytes ? "" : AuditSummary.OfJson(body.AsMemory(0, length));
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            return "";
        }
    }

    private static string Address(IPAddress? address) =>
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "";
}
