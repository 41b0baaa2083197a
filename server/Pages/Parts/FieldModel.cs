namespace OpenStage.Server.Pages.Parts;

/// <summary>A field of a form that is made of a table.</summary>
public sealed record FieldModel(string Name, string Label)
{
    /// <summary>What the browser shall make of it, such as text, number or password.</summary>
    public string Type { get; init; } = "text";

    /// <summary>Lines of a text of several lines; 0 for one line.</summary>
    public int Rows { get; init; }

    /// <summary>Values to choose from, with what is shown for them; null for a text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Choices { get; init; }

    public string? Hint { get; init; }

    public string? Placeholder { get; init; }

    /// <summary>True for a secret that is stored and may be taken out.</summary>
    public bool CanBeCleared { get; init; }
}
