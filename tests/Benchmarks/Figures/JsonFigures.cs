using System.Globalization;
using System.Text.Json;
using OpenStage.Protocol.Json;

namespace OpenStage.Benchmarks.Figures;

/// <summary>Reads values of a JSON file, with errors that name file, line, key, value and what is allowed.</summary>
internal sealed class JsonFigures(string file)
{
    /// <exception cref="InvalidDataException">The file cannot be read, or is no JSON.</exception>
    public PlacedJson Root()
    {
        try
        {
            return PlacedJson.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file}, line {(broken.LineNumber ?? 0) + 1}: no JSON: {broken.Message}"), broken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file} cannot be read: {refused.Message}", refused);
        }
    }

    public PlacedJson Member(PlacedJson value, string key) => value.Kind != JsonTokenType.StartObject
        ? throw Wrong(value, "an object")
        : Optional(value, key) ?? throw Error(value.Line, $"{(value.Path.Length == 0 ? "" : value.Path + ".")}{key} is missing.");

    /// <summary>The value of a key, or null when it is not there.</summary>
    public static PlacedJson? Optional(PlacedJson value, string key) =>
        value.Members.FirstOrDefault(member => member.Key == key).Value is { Kind: not JsonTokenType.Null } found ? found : null;

    /// <summary>Refuses keys that nobody knows, for they are slips of the pen.</summary>
    public void CheckKeys(PlacedJson value, params string[] known)
    {
        if (value.Members.FirstOrDefault(member => !known.Contains(member.Key)) is { Value: { } stranger })
            throw Error(stranger.Line, $"{stranger.Path} is no key; allowed: {string.Join(", ", known)}.");
    }

    public IReadOnlyList<PlacedJson> List(PlacedJson value) => value.Kind == JsonTokenType.StartArray ? value.Elements : throw Wrong(value, "a list");

    public double Number(PlacedJson value) =>
        value.Kind == JsonTokenType.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(value, "a number");

    public string Text(PlacedJson value) => value is { Kind: JsonTokenType.String, Text.Length: > 0 } ? value.Text : throw Wrong(value, "a text");

    public InvalidDataException Wrong(PlacedJson value, string allowed) =>
        Error(value.Line, $"{(value.Path.Length == 0 ? "the file" : value.Path)} is {value.Text}; allowed: {allowed}.");

    private InvalidDataException Error(int line, string text) => new(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {text}"));
}
