using System.Reflection;
using System.Security.Cryptography;

namespace OpenStage.Server.Pages;

/// <summary>Style sheet, script and icon of the pages; each under a name that changes with its content, so that browsers keep it.</summary>
internal static class PageAssets
{
    private static readonly Dictionary<string, (string Type, byte[] Content)> Files = new()
    {
        ["pages.css"] = ("text/css; charset=utf-8", Read("pages.css")),
        ["pages.js"] = ("text/javascript; charset=utf-8", Read("pages.js")),
        ["icon.svg"] = ("image/svg+xml", Read("icon.svg")),
    };

    /// <summary>Where a page finds a file.</summary>
    public static string Path(string name) => $"/assets/{Version(Files[name].Content)}/{name}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{version}/{name}", (HttpContext context, string version, string name) =>
    {
        if (!Files.TryGetValue(name, out var file))
            throw RequestException.NotFound("path", context.Request.Path, string.Join(", ", Files.Keys.Select(Path)));
        // Under an older version the browser may not keep what it gets.
        context.Response.Headers.CacheControl = version == Version(file.Content) ? "public, max-age=31536000, immutable" : "no-store";
        return Results.Bytes(file.Content, file.Type);
    }).ExcludeFromDescription().AllowAnonymous();

    private static string Version(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"pages/{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
