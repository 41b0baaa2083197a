using System.Net;
using System.Text.RegularExpressions;

namespace OpenStage.Server.Tests.Pages;

/// <summary>Goes to every page that a page leads to, and gathers their forms.</summary>
internal static partial class PageWalk
{
    private const int MostPages = 300;

    /// <returns>Each form once, however many things it is shown for.</returns>
    public static async Task<IReadOnlyList<PageForm>> FormsAsync(HttpClient browser, string start)
    {
        var forms = new Dictionary<string, PageForm>();
        var seen = new HashSet<string> { Shape(start) };
        var next = new Queue<string>([start]);
        for (var pages = 0; next.TryDequeue(out var path) && pages < MostPages; pages++)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
            // Who has not logged in is led to the login.
            if (answer.StatusCode == HttpStatusCode.Found)
                continue;
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{path} answers {(int)answer.StatusCode}");
            var html = await answer.Content.ReadAsStringAsync();
            foreach (var form in PageForm.All(path, html))
                forms.TryAdd(form.Shape, form);
            foreach (var link in Link().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["path"].Value)).Where(link => seen.Add(Shape(link))))
                next.Enqueue(link);
        }

        return [.. forms.Values];
    }

    /// <summary>The path, and the names in the query: their values choose only what is shown.</summary>
    private static string Shape(string link) => Value().Replace(link, "=");

    [GeneratedRegex("<a\\b[^>]*href=\"(?<path>/(?!api/|assets/)[^\"#]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("=[^&]*")]
    private static partial Regex Value();
}
