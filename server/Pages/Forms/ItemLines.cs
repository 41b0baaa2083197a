using System.Globalization;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Pages.Forms;

/// <summary>Items as people write them: one a line, <c>name = value</c> or <c>name[2] = value</c>; to read them, the names alone.</summary>
internal static partial class ItemLines
{
    /// <param name="field">Name of the field, for what is refused.</param>
    /// <exception cref="RequestException">A line is no item.</exception>
    public static List<Item> Read(string field, string text)
    {
        var items = new List<Item>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var end = line.IndexOf('=', StringComparison.Ordinal);
            var match = Key().Match(end < 0 ? line : line[..end].TrimEnd());
            var index = 0;
            // What is refused is named by its number, for a line may hold a password.
            if (!match.Success || (match.Groups["index"].Success && !int.TryParse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            {
                throw new RequestException(string.Create(CultureInfo.InvariantCulture, $"{field}[{items.Count}]"), "",
                    "one item a line: name = value, or name[2] = value");
            }

            items.Add(new Item(match.Groups["name"].Value, end < 0 ? "" : line[(end + 1)..].TrimStart(), match.Groups["index"].Success ? index : null));
        }

        return items;
    }

    /// <summary>The lines without the secrets in them.</summary>
    public static string Masked(string text) => string.Join('\n', text.Split('\n').Select(line =>
        Named().Match(line) is { Success: true } match && SecretItems.IsSecret(match.Groups["name"].Value) ? $"{match.Groups["start"].Value} = {Asked.Masked}" : line));

    [GeneratedRegex(@"^(?<start>\s*-?(?<name>[^\s\[\]=]+)(\[[0-9]*\])?)\s*[=\s]\s*\S", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<name>[^\s\[\]=]+)(\[(?<index>[0-9]+)\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
