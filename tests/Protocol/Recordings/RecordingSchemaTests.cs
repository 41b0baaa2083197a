using System.Runtime.CompilerServices;
using System.Text.Json;
using NUnit.Framework;
using OpenStage.Protocol.Recordings;

namespace OpenStage.Protocol.Tests.Recordings;

/// <summary>The published schema and the reader say the same.</summary>
[TestFixture]
public sealed class RecordingSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(System.IO.File.ReadAllText(SchemaFile())).RootElement;

    private static IEnumerable<TestCaseData> Objects() =>
    [
        Case("device", Schema.GetProperty("properties").GetProperty("device"), typeof(RecordedDevice)),
        Case("exchange", Exchange, typeof(RecordedExchange)),
        Case("header", Exchange.GetProperty("properties").GetProperty("requestHeaders").GetProperty("items"), typeof(RecordedHeader)),
        Case("body", Exchange.GetProperty("properties").GetProperty("response"), typeof(RecordedBody)),
        Case("item", Schema.GetProperty("properties").GetProperty("items").GetProperty("items"), typeof(RecordedItem)),
    ];

    private static JsonElement Exchange => Schema.GetProperty("properties").GetProperty("exchanges").GetProperty("items");

    [TestCaseSource(nameof(Objects))]
    public void An_object_has_the_keys_that_are_written_and_no_others(JsonElement schema, Type type)
    {
        var written = type.GetProperties().Where(property => property.Name is not "Bytes" and not "EqualityContract").Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.That(schema.GetProperty("properties").EnumerateObject().Select(property => property.Name), Is.EquivalentTo(written));
        Assert.That(schema.GetProperty("additionalProperties").GetBoolean(), Is.False);
    }

    [Test]
    public void A_key_that_the_schema_requires_is_required_by_the_reader()
    {
        const string Whole = """{ "schemaVersion": 1, "device": { "mac": "00:1A:E8:00:00:01", "model": "m", "firmware": "V3 R5.12.0" }, "exchanges": [ {} ], "items": [ {} ] }""";
        var problems = Assert.Throws<FormatException>(() => RecordingFile.Parse("x", Whole))!.Message;
        foreach (var key in Required(Exchange))
            Assert.That(problems, Does.Contain($"$.exchanges[0].{key}: the key is missing."));
        foreach (var key in Required(Schema.GetProperty("properties").GetProperty("items").GetProperty("items")))
            Assert.That(problems, Does.Contain($"$.items[0].{key}: the key is missing."));
        problems = Assert.Throws<FormatException>(() => RecordingFile.Parse("x", "{ \"device\": {} }"))!.Message;
        foreach (var key in Required(Schema).Except(["device"]).Concat(Required(Schema.GetProperty("properties").GetProperty("device")).Select(key => "device." + key)))
            Assert.That(problems, Does.Contain($"$.{key}: the key is missing."));
    }

    [Test]
    public void The_kinds_of_exchange_are_those_of_the_reader()
    {
        var kinds = string.Join(", ", Exchange.GetProperty("properties").GetProperty("kind").GetProperty("enum").EnumerateArray().Select(kind => kind.GetString()));
        Assert.That(() => RecordingFile.Parse("x", """{ "schemaVersion": 1, "exchanges": [ { "kind": "?" } ] }"""), Throws.TypeOf<FormatException>().With.Message.Contains($"allowed is {kinds}."));
    }

    private static IEnumerable<string> Required(JsonElement schema) => schema.GetProperty("required").EnumerateArray().Select(key => key.GetString()!);

    private static TestCaseData Case(string name, JsonElement schema, Type type) => new TestCaseData(schema, type).SetArgDisplayNames(name);

    private static string SchemaFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "lab-config", "recording.schema.json");
}
