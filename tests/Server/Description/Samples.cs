using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>Values that a schema allows.</summary>
internal static class Samples
{
    /// <summary>Values for a parameter, as text: each word, or the ends of what is allowed.</summary>
    public static IEnumerable<string> Of(JsonObject schema)
    {
        if (schema["enum"] is JsonArray words)
            return words.Where(word => word is not null).Select(word => word!.ToString());
        if (schema["minimum"] is { } least && schema["maximum"] is { } most)
            return [least.ToString(), most.ToString()];
        return [];
    }
}
