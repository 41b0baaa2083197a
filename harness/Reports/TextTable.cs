namespace OpenStage.Harness.Reports;

/// <summary>Texts that occur often, each once; the page has numbers instead.</summary>
internal sealed class TextTable
{
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<string> texts = [];

    /// <summary>Number 0 is the empty text.</summary>
    public TextTable() => Add("");

    public IReadOnlyList<string> Texts => texts;

    public int Add(string text)
    {
        if (!numbers.TryGetValue(text, out var number))
        {
            number = numbers[text] = texts.Count;
            texts.Add(text);
        }

        return number;
    }
}
