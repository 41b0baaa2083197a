using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace OpenStage.Server.Phones;

/// <summary>One field of a JSON body: what it may hold, and what is said when it holds something else.</summary>
internal sealed record BodyField(string Name, BodyKind Kind, string Description)
{
    /// <summary>True for a field that always has a value: a new record must bring it, and it cannot be null.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>True when the value must not be repeated in an error.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True for a text that may have tabs and line breaks.</summary>
    public bool IsLines { get; init; }

    /// <summary>Least number, or least characters.</summary>
    public int Least { get; init; }

    /// <summary>Greatest number, most characters, or most elements.</summary>
    public int Most { get; init; } = 255;

    /// <summary>The texts that are allowed; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>A test of texts, with the words for what passes it.</summary>
    public (Func<string, bool> Holds, string Words)? Rule { get; init; }

    /// <summary>What is allowed, in words.</summary>
    public string Allowed => Kind switch
    {
        BodyKind.Flag => "true or false",
        BodyKind.Whole => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Least} to {Most}"),
        BodyKind.Texts => string.Create(CultureInfo.InvariantCulture, $"a list of at most {Most} texts of 1 to 255 characters, each once"),
        _ when Choices.Count > 0 => string.Join(", ", Choices),
        _ when Rule is { } rule => rule.Words,
        _ => string.Create(CultureInfo.InvariantCulture, $"a text of {Least} to {Most} characters{(IsLines ? "" : ", none of them a control character")}"),
    };

    /// <summary>The value as text, flag, number or list; null when the field is emptied.</summary>
    /// <exception cref="RequestException">The value is not allowed.</exception>
    public object? Read(JsonElement json)
    {
        // Examples of the contract send empty texts for codes that are not set.
        var isEmptied = json.ValueKind == JsonValueKind.Null || (Kind == BodyKind.Text && json.ValueKind == JsonValueKind.String && json.ValueEquals(""));
        if (isEmptied)
            return IsMandatory ? throw Wrong(json) : null;
        return Kind switch
        {
            BodyKind.Flag => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : throw Wrong(json),
            BodyKind.Whole => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) && number >= Least && number <= Most
                ? number
                : throw Wrong(json),
            BodyKind.Texts => List(json),
            _ => Text(json),
        };
    }

    private string Text(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && TryText(json, out var text) && text.Length >= Least && text.Length <= Most
        && (Choices.Count == 0 || Choices.Contains(text, StringComparer.Ordinal)) && (Rule is not { } rule || rule.Holds(text))
            ? text
            : throw Wrong(json);

    private List<string> List(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > Most)
            throw Wrong(json);
        var texts = new List<string>();
        foreach (var element in json.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String || !TryText(element, out var text) || text.Length is 0 or > 255 || texts.Contains(text))
                throw new RequestException(string.Create(CultureInfo.InvariantCulture, $"{Name}[{texts.Count}]"), Shown(element), Allowed);
            texts.Add(text);
        }

        return texts;
    }

    private RequestException Wrong(JsonElement json) => new(Name, Shown(json), Allowed);

    private string Shown(JsonElement json)
    {
        if (IsSecret)
            return "not shown here";
        return json.ValueKind == JsonValueKind.String && TryText(json, out var text) ? text : json.GetRawText();
    }

    /// <summary>What phones and stores can carry: XML 1.0 without control characters.</summary>
    private bool TryText(JsonElement json, out string text)
    {
        text = "";
        try
        {
            text = json.GetString()!;
            return !text.Any(letter => char.IsControl(letter) && !(IsLines && letter is '\t' or '\r' or '\n')) && XmlConvert.VerifyXmlChars(text) is not null;
        }
        catch (Exception broken) when (broken is InvalidOperationException or XmlException)
        {
            // Half a surrogate pair, or U+FFFE.
            return false;
        }
    }
}
