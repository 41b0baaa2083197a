using System.Text;
using System.Text.Json;

namespace OpenStage.Harness.Lab;

/// <summary>A JSON value that knows the line and the key path it stands at, for errors that lead to the place.</summary>
internal sealed record PlacedJson(string Path, int Line, JsonTokenType Kind, string Text)
{
    public IReadOnlyList<(string Key, PlacedJson Value)> Members { get; private init; } = [];

    public IReadOnlyList<PlacedJson> Elements { get; private init; } = [];

    /// <exception cref="JsonException">The text is no JSON; the exception carries the line.</exception>
    public static PlacedJson Parse(byte[] utf8)
    {
        var json = utf8.AsSpan();
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[3..];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
        if (!reader.Read())
            throw new JsonException("The file is empty.", "", 0, 0);
        var root = Value(ref reader, json, "");
        while (reader.Read())
        {
            // Reads to the end, so that text after the object is refused.
        }

        return root;
    }

    private static PlacedJson Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string path)
    {
        var line = json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
        var kind = reader.TokenType;
        if (kind == JsonTokenType.StartObject)
        {
            var members = new List<(string, PlacedJson)>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var key = reader.GetString()!;
                reader.Read();
                members.Add((key, Value(ref reader, json, path.Length == 0 ? key : $"{path}.{key}")));
            }

            return new PlacedJson(path, line, kind, "an object") { Members = members };
        }

        if (kind == JsonTokenType.StartArray)
        {
            var elements = new List<PlacedJson>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                elements.Add(Value(ref reader, json, $"{path}[{elements.Count}]"));
            return new PlacedJson(path, line, kind, "a list") { Elements = elements };
        }

        var text = kind == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
        return new PlacedJson(path, line, kind, text);
    }
}
