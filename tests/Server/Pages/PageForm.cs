using System.Text;
using System.Text.RegularExpressions;

namespace OpenStage.Server.Tests.Pages;

/// <summary>A form of a page.</summary>
/// <param name="Page">Address of the page that it is on.</param>
internal sealed partial record PageForm(string Page, string Action, bool IsPost, bool IsMultipart, IReadOnlyList<PageField> Fields)
{
    private const string Token = "form-token";

    /// <summary>The fields that somebody who looks at the page may fill in or choose.</summary>
    public IEnumerable<PageField> Visible => Fields.Where(one => one.Kind is not ("hidden" or "button"));

    public string Name => $"{Action} on {Page}: {string.Join(' ', Fields.Select(one => one.Name).Distinct())}";

    /// <summary>The same for forms that differ only in what they are about.</summary>
    public string Shape => $"{Number().Replace(Action, "/*")} {IsPost} {string.Join(' ', Fields.Select(one => one.Name).Distinct())}";

    public static IReadOnlyList<PageForm> All(string page, string html) => [.. Form().Matches(html).Select(match => new PageForm(
        page,
        PageField.Attribute(match.Groups["tag"].Value, "action") ?? page,
        PageField.Attribute(match.Groups["tag"].Value, "method") == "post",
        PageField.Attribute(match.Groups["tag"].Value, "enctype") == "multipart/form-data",
        PageField.All(match.Groups["inside"].Value)))];

    /// <summary>What is sent when the form is filled in well.</summary>
    /// <param name="samples">Values for fields that are empty at first, by name.</param>
    public List<(string Name, string Value)> Filled(IReadOnlyDictionary<string, string> samples)
    {
        var button = Fields.LastOrDefault(field => field.Kind == "button");
        return [.. Fields.Where(field => field is { Value: not null } && (field.Kind != "button" || field == button))
            .Select(field => (field.Name, field.Value!.Length == 0 && field.Name != Token ? samples.GetValueOrDefault(field.Name, "") : field.Value!))];
    }

    public HttpRequestMessage Request(IEnumerable<(string Name, string Value)> values, string? action = null)
    {
        if (!IsPost)
        {
            var query = string.Join('&', values.Select(value => $"{Uri.EscapeDataString(value.Name)}={Uri.EscapeDataString(value.Value)}"));
            return new HttpRequestMessage(HttpMethod.Get, new Uri($"{action ?? Action}?{query}", UriKind.Relative));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(action ?? Action, UriKind.Relative));
        if (!IsMultipart)
        {
            request.Content = new FormUrlEncodedContent(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
            return request;
        }

        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values.OrderBy(value => value.Name == "file"))
        {
            if (name == "file")
                content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), name, "bell.mp3");
            else
                content.Add(new StringContent(value), name);
        }

        request.Content = content;
        return request;
    }

    [GeneratedRegex("(?<tag><form\\b[^>]*>)(?<inside>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex("/[^/]*[0-9:][^/]*")]
    private static partial Regex Number();
}
