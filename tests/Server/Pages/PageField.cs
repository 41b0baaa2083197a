using System.Net;
using System.Text.RegularExpressions;

namespace OpenStage.Server.Tests.Pages;

/// <summary>A field of a form, as a browser finds it in a page.</summary>
/// <param name="Kind">The type of an input, or <c>select</c>, <c>textarea</c>, <c>button</c>.</param>
/// <param name="Value">What is sent when nobody touches it; null for a box that is not ticked.</param>
internal sealed partial record PageField(string Name, string Kind, string? Value)
{
    public bool IsSecret => Kind == "password";

    /// <summary>Fields of a form's HTML, in the order of the page.</summary>
    public static IReadOnlyList<PageField> All(string html) =>
        [.. Control().Matches(html).Select(Of).Where(field => field.Name.Length > 0).DistinctBy(field => (field.Name, field.Kind == "button" ? field.Value : ""))];

    private static PageField Of(Match match)
    {
        var tag = match.Value[..(match.Value.IndexOf('>', StringComparison.Ordinal) + 1)];
        var name = Attribute(tag, "name") ?? "";
        if (tag.StartsWith("<select", StringComparison.Ordinal))
            return new PageField(name, "select", Chosen([.. Option().Matches(match.Value).Select(option => option.Value)]));
        if (tag.StartsWith("<textarea", StringComparison.Ordinal))
            return new PageField(name, "textarea", WebUtility.HtmlDecode(match.Value[tag.Length..^"</textarea>".Length]));
        if (tag.StartsWith("<button", StringComparison.Ordinal))
            return new PageField(name, "button", Attribute(tag, "value") ?? "");
        var type = Attribute(tag, "type") ?? "text";
        return new PageField(name, type, type is "checkbox" && !tag.Contains(" checked", StringComparison.Ordinal) ? null : Attribute(tag, "value") ?? "");
    }

    private static string Chosen(IReadOnlyList<string> options) =>
        options.Count == 0 ? "" : Attribute(options.FirstOrDefault(option => option.Contains(" selected", StringComparison.Ordinal)) ?? options[0], "value") ?? "";

    public static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;

    [GeneratedRegex("<input\\b[^>]*>|<select\\b.*?</select>|<textarea\\b.*?</textarea>|<button\\b[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex("<option\\b[^>]*>")]
    private static partial Regex Option();
}
