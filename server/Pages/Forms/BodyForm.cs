using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.Forms;

/// <summary>A form with the fields of a body of the phones resource, and read as such a body is.</summary>
internal static class BodyForm
{
    /// <summary>Field with the names of stored secrets that shall be taken out.</summary>
    private const string Clear = "clear";

    /// <summary>See <see cref="FormFields"/>.</summary>
    public static string Fields(BodySchema schema) => $"{string.Join(' ', schema.Fields.Select(field => field.Name))} {Clear}*";

    /// <summary>The form of what is stored, without the secrets in it.</summary>
    /// <param name="view">What the API shows.</param>
    public static FormInput Of<T>(BodySchema schema, T view)
    {
        var shown = JsonSerializer.SerializeToElement(view);
        return new FormInput(schema.Fields.Where(field => !field.IsSecret && shown.TryGetProperty(field.Name, out _))
            .ToDictionary(field => field.Name, field => Text(shown.GetProperty(field.Name))));
    }

    /// <summary>Reads the fields that a form has; what is as it was is left out.</summary>
    /// <param name="before">The form of what is stored, or null for what is new.</param>
    /// <param name="known">Fields that the form need not bring.</param>
    /// <exception cref="RequestException">A value is not allowed.</exception>
    public static BodyValues Read(BodySchema schema, FormInput form, FormInput? before = null, IReadOnlyDictionary<string, string>? known = null)
    {
        var body = new JsonObject();
        var cleared = form.All(Clear);
        foreach (var field in schema.Fields)
        {
            if (known?.TryGetValue(field.Name, out var value) == true)
                body[field.Name] = value;
            else if (field.IsSecret && cleared.Contains(field.Name))
                body[field.Name] = null;
            else if (form.Values.ContainsKey(field.Name) && !(before is not null && (field.IsSecret ? form[field.Name].Length == 0 : form[field.Name] == before[field.Name])))
                body[field.Name] = Value(field, form[field.Name]);
        }

        if (cleared.FirstOrDefault(name => schema.Fields.All(field => field.Name != name || !field.IsSecret)) is { } unknown)
            throw new RequestException(Clear, unknown, string.Join(", ", schema.Fields.Where(field => field.IsSecret).Select(field => field.Name)));
        return schema.Read(JsonSerializer.SerializeToElement(body));
    }

    /// <summary>How a field is shown.</summary>
    /// <param name="choices">Values of the model, when there are any.</param>
    /// <param name="now">The value that it has.</param>
    /// <param name="isStored">Of a secret: whether there is one.</param>
    public static FieldModel Field(BodyField field, string label, IReadOnlyList<string>? choices = null, string now = "", bool isStored = false)
    {
        IReadOnlyList<string>? values = field.Kind == BodyKind.Flag ? ["true", "false"] : choices is { Count: > 0 } ? choices : field.Choices.Count > 0 ? field.Choices : null;
        return new FieldModel(field.Name, label)
        {
            Type = field.IsSecret ? "password" : field.Kind == BodyKind.Whole ? "number" : "text",
            Rows = field.Kind == BodyKind.Texts ? 4 : field.IsLines ? 24 : 0,
            Choices = field.Kind == BodyKind.Texts || values is null ? null : [.. Blank(field, now), .. values.Union(now.Length > 0 ? [now] : []).Select(Choice)],
            Hint = field.Kind == BodyKind.Texts
                ? $"One a line, the most preferred first{(choices is { Count: > 0 } ? $": {string.Join(", ", choices)}" : "")}"
                : values is null ? Hint(field) : null,
            Placeholder = isStored ? "stored; empty keeps it" : null,
            CanBeCleared = isStored && !field.IsMandatory,
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Blank(BodyField field, string now) =>
        field.IsMandatory && now.Length > 0 ? [] : [new("", field.IsMandatory ? "choose" : "–")];

    private static KeyValuePair<string, string> Choice(string value) => new(value, value switch
    {
        "true" => "yes",
        "false" => "no",
        _ => value,
    });

    /// <summary>What is allowed, as far as it is not plain; all of it is said when something else came.</summary>
    private static string? Hint(BodyField field) => field.Allowed.Split(", none of them")[0] is { } allowed && (field.Rule is not null || field.IsSecret || field.Kind == BodyKind.Whole || field.Most < 255)
        ? $"{char.ToUpperInvariant(allowed[0])}{allowed[1..]}"
        : null;

    private static JsonNode? Value(BodyField field, string text) => field.Kind switch
    {
        BodyKind.Texts => new JsonArray([.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => JsonValue.Create(line))]),
        BodyKind.Text => text,
        _ when text.Trim().Length == 0 => null,
        BodyKind.Flag when bool.TryParse(text, out var flag) => flag,
        BodyKind.Whole when int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Text)),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
