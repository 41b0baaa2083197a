namespace OpenStage.Server.Pages.Forms;

/// <summary>What a form holds: as it was sent, or as it is first shown, and what is wrong with it.</summary>
/// <param name="Values">Values by the names of their fields.</param>
/// <param name="Wrong">Why the form was refused, or null.</param>
public sealed record FormInput(IReadOnlyDictionary<string, string> Values, RequestException? Wrong = null)
{
    public static FormInput Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>The value of a field, empty when it has none.</summary>
    public string this[string name] => Values.GetValueOrDefault(name, "");

    /// <summary>What is wrong with a field, or null; a fault at <c>items[2].name</c> is one of the field <c>items</c>.</summary>
    public string? ErrorOf(string name) => Wrong is { } wrong && IsOf(wrong.Field, name) ? Text(wrong, wrong.Field == name ? "" : $"{wrong.Field} ") : null;

    /// <summary>What is wrong with none of the named fields, or null.</summary>
    public string? ErrorBeside(params string[] names) =>
        Wrong is { } wrong && !names.Any(name => IsOf(wrong.Field, name)) ? Text(wrong, $"{wrong.Field}: ") : null;

    private static bool IsOf(string field, string name) =>
        field.StartsWith(name, StringComparison.Ordinal) && (field.Length == name.Length || field[name.Length] is '[' or '.');

    private static string Text(RequestException wrong, string place) => wrong.Value.Length == 0
        ? $"{place}Allowed is {wrong.Allowed}."
        : $"{place}“{wrong.Value}”: allowed is {wrong.Allowed}.";
}
