using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenStage.Benchmarks.Figures;
using OpenStage.Protocol.Json;

namespace OpenStage.Benchmarks.Gate;

/// <summary>The file of what operations may cost, which is checked in.</summary>
internal static class GateFile
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Save(string file, IReadOnlyList<GateEntry> entries) => File.WriteAllText(
        file, JsonSerializer.Serialize(new { operations = entries.Select(entry => entry with { Ratio = double.Parse(entry.Ratio.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) }) }, Form).ReplaceLineEndings("\n") + "\n", new UTF8Encoding(false));

    /// <exception cref="InvalidDataException">The file is missing or wrong; the message names file, line, key and what is allowed.</exception>
    public static IReadOnlyList<GateEntry> Read(string file)
    {
        var json = new JsonFigures(file);
        var root = json.Root();
        json.CheckKeys(root, "operations");
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. json.List(json.Member(root, "operations")).Select(One)];

        GateEntry One(PlacedJson element)
        {
            json.CheckKeys(element, "name", "allocatedBytes", "ratio");
            var name = json.Text(json.Member(element, "name"));
            if (!names.Add(name))
                throw json.Wrong(json.Member(element, "name"), "a name that no other operation has");
            var bytes = json.Member(element, "allocatedBytes");
            if (!long.TryParse(bytes.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var allocated) || bytes.Kind != JsonTokenType.Number)
                throw json.Wrong(bytes, "a whole number from 0");
            var ratio = json.Member(element, "ratio");
            return json.Number(ratio) is > 0 and var number ? new GateEntry(name, allocated, number) : throw json.Wrong(ratio, "a number above 0");
        }
    }
}
