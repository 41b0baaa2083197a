using System.Globalization;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace OpenStage.Simulator.Quirks;

/// <summary>A quirk that a phone wears, with the messages it is aimed at; without aim it holds always.</summary>
/// <param name="First">The first message of the phone that shows it, counted from power on at 1, or null for all.</param>
/// <param name="Last">The last one.</param>
/// <param name="Percent">Share of messages that show it, chosen by the seed, or null for all.</param>
public sealed partial record QuirkUse(Quirk Quirk, int? First = null, int? Last = null, int? Percent = null)
{
    /// <summary>What may be written, for error messages.</summary>
    public const string Allowed = "the name of a quirk ('simulator quirks' lists them), also as NAME@3 for the third message, NAME@3-5, or NAME%25 for a quarter of the messages";

    /// <summary>True when it holds always.</summary>
    public bool IsConstant => First is null && Percent is null;

    /// <summary>Reads <c>NAME</c>, <c>NAME@3</c>, <c>NAME@3-5</c>, <c>NAME%25</c> or <c>NAME@3-5%25</c>.</summary>
    public static bool TryParse(string text, out QuirkUse use)
    {
        use = null!;
        var match = Pattern().Match(text);
        if (!match.Success || QuirkCatalogue.Find(match.Groups["name"].Value) is not { } quirk)
            return false;
        var first = Number(match.Groups["first"]);
        var last = Number(match.Groups["last"]) ?? first;
        var percent = Number(match.Groups["percent"]);
        if (first == 0 || last < first || percent is 0 or > 100)
            return false;
        use = new QuirkUse(quirk, first, last, percent);
        return true;
    }

    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public static QuirkUse Parse(string text) => TryParse(text, out var use) ? use : throw PhoneOptions.Refuse("quirk", text, Allowed);

    public override string ToString()
    {
        var messages = First is null ? "" : Last == First ? Invariant($"@{First}") : Invariant($"@{First}-{Last}");
        return Quirk.Name + messages + (Percent is null ? "" : Invariant($"%{Percent}"));
    }

    private static int? Number(Group group) =>
        group.Success && int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9-]*)(@(?<first>\d{1,7})(-(?<last>\d{1,7}))?)?(%(?<percent>\d{1,3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
