using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenStage.Simulator.Fleet;

/// <summary>What came of a fleet: the result file.</summary>
internal sealed record FleetResult
{
    public const int CurrentSchemaVersion = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required int SchemaVersion { get; init; }

    /// <summary>Version of the simulator.</summary>
    public required string Version { get; init; }

    public required string Title { get; init; }

    public required string Server { get; init; }

    public required int Seed { get; init; }

    /// <summary>Phones of the whole fleet.</summary>
    public required int Count { get; init; }

    /// <summary>Phones that this result is about.</summary>
    public required int Phones { get; init; }

    /// <summary>Such as 1/2.</summary>
    public required IReadOnlyList<string> Shards { get; init; }

    public required FleetArrival Arrival { get; init; }

    public required IReadOnlyList<FleetShare> Models { get; init; }

    public required IReadOnlyList<FleetShare> Quirks { get; init; }

    public required IReadOnlyList<FleetAnswer> Answers { get; init; }

    public required FleetTotals Totals { get; init; }

    public required FleetLatency Connect { get; init; }

    public required FleetLatency Handshake { get; init; }

    public required FleetLatency Answer { get; init; }

    public required IReadOnlyList<FleetError> Errors { get; init; }

    public required IReadOnlyList<FleetMachine> Machines { get; init; }

    public static FleetResult Of(FleetPlan plan, FleetShard shard, FleetMeter meter, IReadOnlyList<FleetAnswer> answers, FleetMachine machine)
    {
        var numbers = shard.Phones(plan.Count).ToList();
        return new FleetResult
        {
            SchemaVersion = CurrentSchemaVersion,
            Version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "",
            Title = plan.Title,
            Server = plan.Server.GetLeftPart(UriPartial.Path),
            Seed = plan.Seed,
            Count = plan.Count,
            Phones = numbers.Count,
            Shards = [shard.ToString()],
            Arrival = plan.Arrival,
            Models = Shares(numbers.Select(plan.ModelOf).Select(model => $"{model.Model} {model.Firmware}".TrimEnd())),
            Quirks = Shares(numbers.SelectMany(plan.QuirksOf)),
            Answers = answers,
            Totals = new FleetTotals(meter.Interactions, meter.Messages, meter.Sent, meter.Received),
            Connect = FleetLatency.Of(meter.Connect),
            Handshake = FleetLatency.Of(meter.Handshake),
            Answer = FleetLatency.Of(meter.Answer),
            Errors = meter.Errors,
            Machines = [machine],
        };
    }

    /// <exception cref="ArgumentException">The file is no result of a version that is known; the message names file, line, key and what is allowed.</exception>
    public static FleetResult Read(string file)
    {
        try
        {
            return Parse(file, File.ReadAllText(file));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"{file}: cannot be read: {broken.Message}", broken);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";

    internal static FleetResult Parse(string file, string json)
    {
        FleetResult result;
        try
        {
            result = JsonSerializer.Deserialize<FleetResult>(json, Options) ?? throw new JsonException("The file is empty.");
        }
        catch (JsonException wrong)
        {
            throw new ArgumentException($"{file}:{(wrong.LineNumber ?? 0) + 1}: {wrong.Path}: {wrong.Message.Split(" Path:", 2)[0]} Allowed is a result that 'simulator fleet --out' wrote.", wrong);
        }

        if (result.SchemaVersion != CurrentSchemaVersion)
            throw new ArgumentException($"{file}: schemaVersion: '{result.SchemaVersion}' is not allowed; allowed is {CurrentSchemaVersion}.");
        return result;
    }

    internal static IReadOnlyList<FleetShare> Shares(IEnumerable<string> names) =>
        [.. names.CountBy(name => name).Select(pair => new FleetShare(pair.Key, pair.Value)).OrderBy(share => share.Name, StringComparer.Ordinal)];
}
