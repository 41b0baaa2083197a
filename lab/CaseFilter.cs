using System.Text.RegularExpressions;
using OpenStage.Harness.Sessions;

namespace OpenStage.Lab;

/// <summary>
/// The <c>--where</c> expression, a part of NUnit's test selection language: comparisons of case, section, page, level
/// or phone with ==, != or =~ (a regular expression), joined by and / or.
/// </summary>
internal sealed partial class CaseFilter
{
    private static readonly string[] Names = ["case", "section", "page", "level", "phone"];

    private readonly List<List<Func<CaseInfo, string, bool>>> alternatives = [];

    /// <exception cref="FormatException">The expression cannot be used; the message names the place.</exception>
    public static CaseFilter Parse(string? expression)
    {
        var filter = new CaseFilter();
        if (string.IsNullOrWhiteSpace(expression))
            return filter;
        foreach (var alternative in Or().Split(expression))
            filter.alternatives.Add([.. And().Split(alternative).Select(Comparison)]);
        return filter;
    }

    public bool Matches(CaseInfo info, string phone) =>
        alternatives.Count == 0 || alternatives.Any(all => all.All(comparison => comparison(info, phone)));

    private static Func<CaseInfo, string, bool> Comparison(string text)
    {
        var match = Term().Match(text);
        if (!match.Success || !Names.Contains(match.Groups["name"].Value))
        {
            throw new FormatException($"--where: '{text.Trim()}' is not allowed; allowed are comparisons such as section == 3.6.4, with "
                + $"{string.Join(", ", Names)}, the operators ==, != and =~, joined by and / or.");
        }

        var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim('"', '\''));
        if (match.Groups["operator"].Value == "=~")
        {
            var pattern = Pattern(value);
            return (info, phone) => pattern.IsMatch(Value(name, info, phone));
        }

        return match.Groups["operator"].Value == "!=" ? (info, phone) => !Same(info, phone) : Same;

        bool Same(CaseInfo info, string phone) => Value(name, info, phone).Equals(value, StringComparison.OrdinalIgnoreCase);
    }

    private static Regex Pattern(string value)
    {
        try
        {
            return new Regex(value, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException($"--where: '{value}' is no regular expression: {wrong.Message}");
        }
    }

    private static string Value(string name, CaseInfo info, string phone) => name switch
    {
        "case" => info.Id,
        "section" => info.Section,
        "page" => info.Page.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "level" => info.Level.ToString(),
        _ => phone,
    };

    [GeneratedRegex(@"\s+or\s+|\|\|?", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(@"\s+and\s+|&&?", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex("""^\s*(?<name>\w+)\s*(?<operator>==|!=|=~)\s*(?<value>"[^"]*"|'[^']*'|\S+)\s*$""")]
    private static partial Regex Term();
}
