namespace OpenStage.Server.Admin;

/// <summary>Tells browsers what they must not do with the answers.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            var (headers, path) = ((HttpResponse)state).HttpContext is var context ? (context.Response.Headers, context.Request.Path) : default;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            // Not no-referrer: with it browsers send our own forms with the origin null, which is refused.
            headers["Referrer-Policy"] = "same-origin";
            // Style sheets and the like say themselves how long they may be kept; all else shows what is now.
            if (path.StartsWithSegments("/api") || headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }
}
