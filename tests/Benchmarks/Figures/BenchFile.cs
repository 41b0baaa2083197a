using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenStage.Protocol.Json;

namespace OpenStage.Benchmarks.Figures;

/// <summary>The file of one run of the command.</summary>
internal sealed record BenchFile
{
    /// <summary>Form of the file; another one is refused.</summary>
    public const int CurrentSchema = 1;

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public int Schema { get; init; } = CurrentSchema;

    public required DateTimeOffset Taken { get; init; }

    public required int Seed { get; init; }

    public required MachineFacts Machine { get; init; }

    /// <summary>What was noticed that speaks against the figures, such as other work on the machine.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required IReadOnlyList<Figure> Figures { get; init; }

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Form) + "\n", new UTF8Encoding(false));

    /// <summary>The figures of a file, which is all that a comparison needs.</summary>
    /// <exception cref="InvalidDataException">The file is missing or wrong; the message names file, line, key and what is allowed.</exception>
    public static IReadOnlyList<Figure> ReadFigures(string file)
    {
        var json = new JsonFigures(file);
        var root = json.Root();
        if (json.Number(json.Member(root, "schema")) != CurrentSchema)
            throw json.Wrong(json.Member(root, "schema"), string.Create(CultureInfo.InvariantCulture, $"{CurrentSchema}"));
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. json.List(json.Member(root, "figures")).Select(element => Figure(json, element, names))];
    }

    private static Figure Figure(JsonFigures json, PlacedJson element, HashSet<string> names)
    {
        var name = json.Text(json.Member(element, "name"));
        if (!names.Add(name))
            throw json.Wrong(json.Member(element, "name"), "a name that no other figure has");
        var better = json.Member(element, "better");
        var way = json.Text(better) switch { "lower" => Better.Lower, "higher" => Better.Higher, _ => throw json.Wrong(better, "lower or higher") };
        return new Figure(name, json.Text(json.Member(element, "unit")), way, Spread(json, json.Member(element, "value")))
        {
            Floor = JsonFigures.Optional(element, "floor") is { } floor ? Spread(json, floor) : null,
            InTurn = JsonFigures.Optional(element, "inTurn") is { } ratio ? json.Number(ratio) : null,
            FloorName = JsonFigures.Optional(element, "floorName") is { } words ? json.Text(words) : null,
        };
    }

    private static Spread Spread(JsonFigures json, PlacedJson value)
    {
        var rounds = json.Member(value, "rounds");
        if (json.Number(rounds) is var count && (count < 1 || count > int.MaxValue || count != Math.Floor(count)))
            throw json.Wrong(rounds, "a whole number from 1");
        return new Spread(json.Number(json.Member(value, "median")), json.Number(json.Member(value, "min")), json.Number(json.Member(value, "max")), (int)count);
    }
}
