using System.Text.Json.Nodes;

namespace OpenStage.Server.Phones;

/// <summary>The bodies with which templates are created and updated.</summary>
internal static class TemplateBodies
{
    private const string ContentExample = """
        {"vendor":"Unify","model":"OpenStage 40","display_name":"OpenStage 40 of the lobby",
        "languages":[{"value":"ENGLISH","items":{"language-iso":"en"}}],
        "time_zones":[{"value":"GMT","items":{"sntp-tz-offset":"0"}}],
        "ringtones":[],"queue_ringtones":[],"external_ringtone":[],"date_formats":[],"time_formats":[],"powerleds":[],"backlights":[],
        "screensavers":[],"codecs":[{"value":"PCMA","slot":1,"items":{"codec-type[1]":"0"}}]}
        """;

    private const string Ending = ".ph.json";

    private static readonly BodyField Content = new("content", BodyKind.Text, "The profile as JSON.")
    {
        IsMandatory = true,
        IsLines = true,
        Least = 1,
        Most = 262_144,
    };

    /// <summary>A body that <see cref="New"/> takes.</summary>
    public static string NewExample => new JsonObject { ["filename"] = $"lobby-1001{Ending}", ["content"] = ContentExample }.ToJsonString();

    /// <summary>A body that <see cref="Update"/> takes.</summary>
    public static string UpdateExample => new JsonObject { ["content"] = ContentExample }.ToJsonString();

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
