using System.Text;
using System.Text.Json;

namespace OpenStage.Protocol.Json;

/// <summary>A JSON value that knows the line, the column and the key path it stands at, for errors that lead to the place.</summary>
public sealed record PlacedJson(string Path, int Line, JsonTokenType Kind, string Text)
{
    /// <summary>Column of the value's first character, from 1.</summary>
    public int Column { get; private init; }

    public IReadOnlyList<(string Key, PlacedJson Value)> Members { get; private init; } = [];

    public IReadOnlyList<PlacedJson> Elements { get; private init; } = [];

    /// <exception cref="JsonException">The text is no JSON; the exception carries the line.</exception>
    public static PlacedJson Parse(ReadOnlySpan<byte> utf8)
    {
        var json = utf8;
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[3..];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
        if (!reader.Read())
            throw new JsonException("The file is empty.", "", 0, 0);
        var lines = new Lines(json);
        var root = Value(ref reader, ref lines, "");
        while (reader.Read())
        {
            // Reads to the end, so that text after the object is refused.
        }

        return root;
    }

    private static PlacedJson Value(ref Utf8JsonReader reader, ref Lines lines, string path)
    {
        var line = lines.At((int)reader.TokenStartIndex);
        var column = lines.Column;
        var kind = reader.TokenType;
        if (kind == JsonTokenType.StartObject)
        {
            var members = new List<(string, PlacedJson)>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var key = Decoded(ref reader, ref lines);
                reader.Read();
                members.Add((key, Value(ref reader, ref lines, path.Length == 0 ? key : $"{path}.{key}")));
            }

            return new PlacedJson(path, line, kind, "an object") { Column = column, Members = members };
        }

        if (kind == JsonTokenType.StartArray)
        {
            var elements = new List<PlacedJson>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                elements.Add(Value(ref reader, ref lines, $"{path}[{elements.Count}]"));
            return new PlacedJson(path, line, kind, "a list") { Column = column, Elements = elements };
        }

        var text = kind == JsonTokenType.String ? Decoded(ref reader, ref lines) : Encoding.UTF8.GetString(reader.ValueSpan);
        return new PlacedJson(path, line, kind, text) { Column = column };
    }

    private static string Decoded(ref Utf8JsonReader reader, ref Lines lines)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException("A text has half a surrogate pair or bytes that are no UTF-8.", "", lines.At((int)reader.TokenStartIndex) - 1, 0, broken);
        }
    }

    /// <summary>Counts lines as the reader goes on, so that a large file is gone through once.</summary>
    private ref struct Lines(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> json = json;
        private int counted;
        private int line = 1;

        public int At(int position)
        {
            line += json[counted..position].Count((byte)'\n');
            counted = position;
            return line;
        }

        /// <summary>Column of the position that was asked for last, in characters from 1.</summary>
        public readonly int Column => Encoding.UTF8.GetCharCount(json[(json[..counted].LastIndexOf((byte)'\n') + 1)..counted]) + 1;
    }
}
