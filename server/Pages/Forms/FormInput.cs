using System.Globalization;

namespace OpenStage.Server.Pages.Forms;

/// <summary>What a form holds: as it was sent, or as it is first shown, and what is wrong with it.</summary>
/// <param name="Values">Values by the names of their fields.</param>
/// <param name="Wrong">Why the form was refused, or null.</param>
public sealed record FormInput(IReadOnlyDictionary<string, string> Values, RequestException? Wrong = null)
{
    public static FormInput Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>The value of a field, empty when it has none.</summary>
    public string this[string name] => Values.GetValueOrDefault(name, "");

    /// <summary>The values of a field that may be there several times.</summary>
    public IReadOnlyList<string> All(string name) => this[name].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The value without blanks at its ends, or null when there is none.</summary>
    public string? Text(string name) => this[name].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A value that is a whole number, or null when there is none.</summary>
    /// <param name="allowed">What is allowed, in words that follow "allowed is".</param>
    /// <exception cref="RequestException">It is no whole number.</exception>
    public int? Number(string name, string allowed = "a whole number") => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new RequestException(name, text, allowed);

    /// <summary>True when the value is yes, false when it is no.</summary>
    /// <exception cref="RequestException">It is neither.</exception>
    public bool Flag(string name) => this[name] switch
    {
        "yes" => true,
        "no" => false,
        var other => throw new RequestException(name, other, "yes or no"),
    };

    /// <summary>What is wrong with a field, or null; a fault at <c>items[2].name</c> is one of the field <c>items</c>.</summary>
    public string? ErrorOf(string name) => Wrong is { } wrong && IsOf(wrong.Field, name) ? Text(wrong, wrong.Field == name ? "" : $"{wrong.Field} ") : null;

    /// <summary>What is wrong with none of the fields, or null.</summary>
    /// <param name="fields">Their names with or without marks, see <see cref="FormFields"/>.</param>
    public string? ErrorBeside(string fields) => Wrong is { } wrong && !fields.Split(' ').Any(name => IsOf(wrong.Field, name.TrimEnd('?', '*')))
        ? Words(wrong)
        : null;

    /// <summary>What is wrong, in words.</summary>
    public static string Words(RequestException wrong) => Text(wrong, $"{wrong.Field}: ");

    private static bool IsOf(string field, string name) =>
        field.StartsWith(name, StringComparison.Ordinal) && (field.Length == name.Length || field[name.Length] is '[' or '.');

    private static string Text(RequestException wrong, string place) => wrong.Value.Length == 0
        ? $"{place}Allowed is {wrong.Allowed}."
        : $"{place}“{wrong.Value}”: allowed is {wrong.Allowed}.";
}
