namespace OpenStage.Server.Phones;

/// <summary>The bodies with which templates are created and updated.</summary>
internal static class TemplateBodies
{
    private const string Ending = ".ph.json";

    private static readonly BodyField Content = new("content", BodyKind.Text, "The profile as JSON.")
    {
        IsMandatory = true,
        IsLines = true,
        Least = 1,
        Most = 262_144,
    };

    public static BodySchema New { get; } = new(true,
        new BodyField("filename", BodyKind.Text, "Name of the template.")
        {
            IsMandatory = true,
            Most = 100,
            Rule = (IsName, $"letters, digits, dots, dashes and underscores, ending with {Ending}, at most 100 characters"),
        },
        Content);

    public static BodySchema Update { get; } = new(true, Content);

    private static bool IsName(string name) => name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal)
        && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
