using System.Runtime.CompilerServices;
using System.Text.Json;
using NUnit.Framework;
using OpenStage.Harness.Tests.Lab;
using OpenStage.Simulator.Fleet;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Tests.Fleet;

/// <summary>Bad fleet files, each with the expected problems beside it, given to the reader and to the published schema.</summary>
[TestFixture]
public sealed class FleetFileTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly Uri Server = new("https://127.0.0.1:18443");

    private static string Fleets([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "fixtures", "fleets");

    private static string Bad => Path.Combine(Fleets(), "bad");

    private static IEnumerable<string> BadFiles() => Directory.GetFiles(Bad, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>Those whose name says that it takes more than a schema: rules between values, and texts that are no JSON.</summary>
    private static IEnumerable<string> AgainstTheSchema() => BadFiles().Where(name => !name.StartsWith("rule-", StringComparison.Ordinal) && !name.StartsWith("text-", StringComparison.Ordinal));

    private static IEnumerable<string> GoodFiles() => Directory.GetFiles(Fleets(), "*.json").Select(file => Path.GetFileName(file)).Where(name => name != "fleet.schema.json").Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(BadFiles))]
    public void A_bad_file_is_refused_with_place_key_value_and_what_is_allowed(string name)
    {
        var refused = Assert.Throws<FleetFileException>(() => FleetFileReader.Parse(name, File.ReadAllBytes(Path.Combine(Bad, name)), server: null))!;

        Assert.That(refused.Problems, Is.EqualTo(File.ReadAllLines(Path.Combine(Bad, Path.ChangeExtension(name, ".txt")))));
    }

    [TestCaseSource(nameof(AgainstTheSchema))]
    public void What_the_schema_can_say_it_refuses_too(string name) =>
        Assert.That(new SchemaCheck(Schema()).Allows(Json(Path.Combine(Bad, name))), Is.False);

    [TestCaseSource(nameof(GoodFiles))]
    public void The_files_that_come_with_the_simulator_are_taken_by_reader_and_schema(string name)
    {
        var file = Path.Combine(Fleets(), name);
        var plan = FleetFileReader.Read(file, server: null);

        Assert.That(plan.Phones(FleetShard.Whole).Take(50).Select(phone => phone.Mac).Distinct().Count(), Is.EqualTo(50));
        Assert.That(new SchemaCheck(Schema()).Allows(Json(file)), Is.True);
    }

    [Test]
    public void The_schema_names_all_models_and_the_keys_and_defaults_of_the_reader()
    {
        var schema = Schema();
        Assert.That(Words(schema.GetProperty("$defs").GetProperty("model").GetProperty("properties").GetProperty("model").GetProperty("enum")), Is.EquivalentTo(PhoneModels.All.Select(model => model.DeviceType)));
        Assert.That(Words(schema.GetProperty("properties").GetProperty("locales").GetProperty("items").GetProperty("enum")), Is.EqualTo(FleetPeople.Locales));

        var unknown = Assert.Throws<FleetFileException>(() => FleetFileReader.Parse("f", """{ "count": 1, "models": [{ "model": "OpenStage 40" }], "x": 1 }"""u8.ToArray(), Server))!;
        Assert.That(unknown.Problems.Single(), Does.EndWith($"allowed are {string.Join(", ", schema.GetProperty("properties").EnumerateObject().Select(key => key.Name))}."));

        var plan = FleetFileReader.Parse("f", """{ "count": 1, "models": [{ "model": "OpenStage 40" }], "arrival": { "kind": "blackout" } }"""u8.ToArray(), Server);
        int Default(string key) => schema.GetProperty("$defs").GetProperty("arrival").GetProperty("properties").GetProperty(key).GetProperty("default").GetInt32();
        Assert.That(
            (plan.Arrival.PhonesPerSecond, plan.Arrival.OffSeconds, plan.Arrival.JitterSeconds, plan.Arrival.AtOnce),
            Is.EqualTo((Default("phonesPerSecond"), Default("offSeconds"), Default("jitterSeconds"), Default("atOnce"))));
        Assert.That(plan.PatienceSeconds, Is.EqualTo(schema.GetProperty("properties").GetProperty("patienceSeconds").GetProperty("default").GetInt32()));
        Assert.That((plan.Setting.Item, plan.LocalChange.Item), Is.EqualTo(("ringer-melody", "ringer-tone-sequence")));
    }

    [Test]
    public void The_server_of_the_command_line_wins()
    {
        var plan = FleetFileReader.Read(Path.Combine(Fleets(), "small-site.json"), new Uri("https://127.0.0.1:5"));
        Assert.That(plan.Server.Port, Is.EqualTo(5));
    }

    [Test]
    public void A_file_that_is_not_there_is_named() =>
        Assert.That(() => FleetFileReader.Read("no-such-fleet.json", Server), Throws.TypeOf<FleetFileException>().With.Message.StartsWith("no-such-fleet.json: cannot be read: "));

    private static IEnumerable<string?> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString());

    private static JsonElement Schema() => Json(Path.Combine(Fleets(), "fleet.schema.json"));

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(file), Lenient).RootElement;
}
