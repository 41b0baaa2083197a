using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Harness.History;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Rules;
using OpenStage.Harness.Tests.Lab;
using OpenStage.Harness.Verdicts;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Reports;

/// <summary>The published schema of report.json against the records that are written, both ways.</summary>
[TestFixture]
public sealed class ReportSchemaTests
{
    /// <summary>A report with something in every key.</summary>
    private static readonly RunReport Full = Of(Result(Verdict.Fail) with
    {
        Advice = "a",
        Reproduce = "r",
        Tries = [Verdict.Fail, Verdict.Pass],
        Previous = Verdict.Pass,
        History = new CaseHistory { Trend = [Verdict.Pass], FlakeScore = 0.5, LastPassedAt = Start },
        Evidence = ["evidence/os40/wpi-1-1/case.har"],
        Exchanges = [Exchange("x") with { Status = 200, RequestHeaders = [new HeaderEntry("Host", "h")] }, Exchange("y")],
    }, Result(Verdict.Pass, "wpi/1/2")) with
    {
        PlannedResults = 3,
        PreviousRun = "0",
        Notes = ["n"],
        LabErrors = ["l"],
        BaselineErrors = ["b"],
        NotRestored = [new NotRestoredEntry("os40", "wpi/1/1", "sntp-addr", "r")],
        Runs = [new RunEntry { RunId = "1", StartedAt = Start, DurationSeconds = 1.5, Seed = 1, LabFile = "lab.json", Complete = true }],
        Rules =
        [
            new RuleEntry { Id = "R-1.01-1", Section = "1.01", SectionTitle = "t", Page = 12, Level = Level.Must, Side = RuleSide.Phone, Source = RuleSource.Guide, Text = "x", Checks = ["wpi/1/1"] },
            new RuleEntry { Id = "R-1.01-2", Section = "1.01", SectionTitle = "t", Level = Level.Informational, Side = RuleSide.Both, Source = RuleSource.Field, Text = "x", Reason = "r" },
        ],
    };

    private static readonly (string Definition, Type Record)[] Records =
    [
        ("", typeof(RunReport)), ("run", typeof(RunEntry)), ("notRestored", typeof(NotRestoredEntry)), ("phone", typeof(PhoneEntry)), ("case", typeof(CaseEntry)),
        ("rule", typeof(RuleEntry)), ("result", typeof(ResultEntry)), ("history", typeof(CaseHistory)), ("exchange", typeof(ExchangeEntry)), ("header", typeof(HeaderEntry)),
    ];

    private static JsonElement Schema { get; } = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(LabConfig(), "report.schema.json"))).RootElement;

    [Test]
    public void A_report_with_something_in_every_key_is_allowed()
    {
        Assert.That(EmptyKeys(Json(Full)), Is.Empty, "the sample has nothing here");
        Assert.That(new SchemaCheck(Schema).Allows(Json(Full)), Is.True);
    }

    [TestCase("complete", null)]
    [TestCase("seed", "\"seven\"")]
    [TestCase("unheardOf", "1")]
    [TestCase("schemaVersion", "4")]
    public void A_report_with_a_wrong_key_is_not(string key, string? value)
    {
        var json = JsonNode.Parse(Json(Full).GetRawText())!.AsObject();
        json.Remove(key);
        if (value is not null)
            json[key] = JsonNode.Parse(value);
        Assert.That(new SchemaCheck(Schema).Allows(JsonSerializer.SerializeToElement(json)), Is.False);
    }

    [Test]
    public void A_wrong_value_deep_inside_is_not_allowed() =>
        Assert.That(new SchemaCheck(Schema).Allows(Json(Full with { Results = [Full.Results[0] with { History = Full.Results[0].History! with { FlakeScore = 2 } }] })), Is.False);

    [TestCaseSource(nameof(Records))]
    public void Schema_and_record_have_the_same_keys((string Definition, Type Record) pair)
    {
        var schema = Definition(pair.Definition);
        var keys = pair.Record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToList();
        Assert.That(schema.GetProperty("properties").EnumerateObject().Select(key => key.Name), Is.EquivalentTo(keys));
        Assert.That(schema.GetProperty("required").EnumerateArray().Select(key => key.GetString()), Is.EquivalentTo(keys), "all keys are written");
        Assert.That(schema.GetProperty("additionalProperties").GetBoolean(), Is.False);
    }

    [Test]
    public void Every_key_is_described_and_a_time_span_has_its_unit()
    {
        var keys = Records.SelectMany(pair => Definition(pair.Definition).GetProperty("properties").EnumerateObject()).ToList();
        Assert.That(keys.Where(key => Description(key.Value).Length < 5).Select(key => key.Name), Is.Empty);
        Assert.That(keys.Where(key => key.Name.EndsWith("Seconds", StringComparison.Ordinal) && !Description(key.Value).Contains("econds", StringComparison.Ordinal)).Select(key => key.Name), Is.Empty);
    }

    [Test]
    public void The_words_of_the_schema_are_those_of_the_program()
    {
        Assert.That(Words(Definition("verdict")), Is.EqualTo(Enum.GetValues<Verdict>().Select(ReportWriter.Word)));
        Assert.That(Words(Definition("level")), Is.EqualTo(Enum.GetNames<Level>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)));
        Assert.That(Words(Key("case", "maturity")), Is.EqualTo(Enum.GetNames<Maturity>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)));
        Assert.That(Words(Key("rule", "side")), Is.EqualTo(Enum.GetNames<RuleSide>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)));
        Assert.That(Words(Key("rule", "source")), Is.EqualTo(Enum.GetNames<RuleSource>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)));
    }

    private static JsonElement Json(RunReport report) => JsonSerializer.SerializeToElement(report, ReportJson.Options);

    private static JsonElement Definition(string name) => name.Length == 0 ? Schema : Schema.GetProperty("$defs").GetProperty(name);

    private static JsonElement Key(string definition, string key) => Definition(definition).GetProperty("properties").GetProperty(key);

    private static IEnumerable<string?> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    private static string Description(JsonElement schema) =>
        schema.TryGetProperty("description", out var text) ? text.GetString()!
        : schema.TryGetProperty("$ref", out var other) ? Description(Definition(other.GetString()!.Split('/')[^1])) : "";

    /// <summary>Keys that are an empty list everywhere in the report, so that nothing in them was looked at.</summary>
    private static IEnumerable<string> EmptyKeys(JsonElement report)
    {
        var lists = Lists(report).ToLookup(pair => pair.Key, pair => pair.Length);
        return lists.Where(group => group.All(length => length == 0)).Select(group => group.Key).Except(["quirks", "responseHeaders"]);
    }

    private static IEnumerable<(string Key, int Length)> Lists(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Array
            ? Lists(member.Value).Append((member.Name, member.Value.GetArrayLength())) : Lists(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Lists),
        _ => [],
    };

    private static string LabConfig([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "lab-config");
}
