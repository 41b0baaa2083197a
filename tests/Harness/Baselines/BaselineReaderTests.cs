using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Harness.Baselines;
using OpenStage.Harness.Phones;
using OpenStage.Protocol.Firmware;

namespace OpenStage.Harness.Tests.Baselines;

[TestFixture]
public sealed class BaselineReaderTests
{
    private static readonly string Good = """ "case": "wpi/3.6.4/1", "phone": "os40", "reason": "ticket 12", "expires": "2027-01-31" """;

    [Test]
    public void Every_key_is_read_with_the_line_of_its_entry()
    {
        var entry = Parse("""
            {
              "$schema": "baseline.schema.json", // for editors
              "expectedFailures": [
                { "case": "wpi/3.6.4/1", "model": "OpenStage 40", "firmwareFrom": "V3 R1.0", "firmwareTo": "3.3.24.0", "reason": "ticket 12", "expires": "2027-01-31" },
              ]
            }
            """).Entries.Single();
        Assert.That(entry, Is.EqualTo(new ExpectedFailure
        {
            Case = "wpi/3.6.4/1",
            Model = "OpenStage 40",
            FirmwareFrom = new FirmwareVersion(3, 1, 0, 0),
            FirmwareTo = new FirmwareVersion(3, 3, 24, 0),
            Reason = "ticket 12",
            Expires = new DateOnly(2027, 1, 31),
            Line = 4,
        }));
    }

    [TestCase("", "b.json:1:1: no valid JSON: The input does not contain any JSON")]
    [TestCase("[]", "b.json:1:1: 'a list' is not allowed; allowed is an object.")]
    [TestCase("{}", "b.json:1:1: expectedFailures: the key is missing.")]
    [TestCase("{\n\"expected\": [] }", "b.json:2:13: expected: unknown key; allowed are $schema, expectedFailures.")]
    [TestCase("{ \"expectedFailures\": {} }", "b.json:1:23: expectedFailures: 'an object' is not allowed; allowed is a list.")]
    [TestCase("{ \"expectedFailures\": [\n7] }", "b.json:2:1: expectedFailures[0]: '7' is not allowed; allowed is an object.")]
    public void A_file_of_another_form_is_refused_with_its_place(string json, string expected) =>
        Assert.That(() => Parse(json), Throws.TypeOf<FormatException>().With.Message.StartsWith(expected));

    [TestCase("\"reason\": \"ticket 12\",", "", "expectedFailures[0].reason: the key is missing.")]
    [TestCase("\"case\": \"wpi/3.6.4/1\",", "", "expectedFailures[0].case: the key is missing.")]
    [TestCase(", \"expires\": \"2027-01-31\"", "", "expectedFailures[0].expires: the key is missing.")]
    [TestCase("\"phone\": \"os40\",", "", "expectedFailures[0]: allowed is either phone or model, and one of them is needed.")]
    [TestCase("\"phone\"", "\"model\": \"OpenStage 40\", \"phone\"", "expectedFailures[0]: allowed is either phone or model")]
    [TestCase("\"phone\": \"os40\"", "\"model\": \"OpenStage 41\"", "expectedFailures[0].model: 'OpenStage 41' is not allowed; allowed is OpenStage 15,")]
    [TestCase("os40", "os 40", "expectedFailures[0].phone: 'os 40' is not allowed; allowed is the id of a phone")]
    [TestCase("wpi/3.6.4/1", "3.6.4", "expectedFailures[0].case: '3.6.4' is not allowed; allowed is the id of a case such as wpi/3.6.4/1.")]
    [TestCase("ticket 12", " ", "expectedFailures[0].reason: ' ' is not allowed; allowed is a text that is not empty.")]
    [TestCase("2027-01-31", "2027-02-29", "expectedFailures[0].expires: '2027-02-29' is not allowed; allowed is a day such as 2027-01-31.")]
    [TestCase("\"2027-01-31\"", "2027", "expectedFailures[0].expires: '2027' is not allowed; allowed is a day such as 2027-01-31.")]
    [TestCase("\"reason\"", "\"firmwareFrom\": \"new\", \"reason\"", "expectedFailures[0].firmwareFrom: 'new' is not allowed; allowed is a version such as V3 R3.24.0.")]
    [TestCase("\"reason\"", "\"firmwareFrom\": \"V3 R5.0\", \"firmwareTo\": \"V3 R3.0\", \"reason\"", "expectedFailures[0].firmwareTo: 'V3 R3.0' is not allowed; allowed is a version that is not before firmwareFrom, V3 R5.0.0.")]
    [TestCase("\"reason\"", "\"colour\": 1, \"reason\"", "expectedFailures[0].colour: unknown key; allowed are case, phone, model, firmwareFrom, firmwareTo, reason, expires.")]
    [TestCase("\"reason\"", "\"phone\": \"os40\", \"reason\"", "expectedFailures[0].phone: the key is there twice.")]
    public void An_entry_that_cannot_be_used_is_refused_with_its_place(string text, string instead, string expected)
    {
        Assert.That(Good, Does.Contain(text));
        Assert.That(() => Parse($"{{ \"expectedFailures\": [\n{{ {Good.Replace(text, instead, StringComparison.Ordinal)} }} ] }}"),
            Throws.TypeOf<FormatException>().With.Message.Matches($@"^b\.json:2:\d+: {Regex.Escape(expected)}"));
    }

    [Test]
    public void An_entry_that_is_there_twice_is_refused_with_both_lines() =>
        Assert.That(() => Parse($"{{ \"expectedFailures\": [ {{ {Good} }},\n{{ {Good} }} ] }}"),
            Throws.TypeOf<FormatException>().With.Message.EqualTo("b.json:2:1: expectedFailures[1]: says the same as expectedFailures[0] in line 1; one of them is enough."));

    [Test]
    public void Everything_that_is_wrong_is_named_at_once() =>
        Assert.That(() => Parse("{ \"expectedFailures\": [ { \"phone\": \"a\" } ] }"), Throws.TypeOf<FormatException>().With.Message.Matches("case.*\n.*reason.*\n.*expires"));

    [Test]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.That(() => BaselineReader.Read("none.json"), Throws.TypeOf<FormatException>().With.Message.StartsWith("none.json: cannot be read: "));

    [Test]
    public void The_schema_and_the_reader_have_the_same_keys_and_models()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(SchemaFile()));
        var entry = schema.RootElement.GetProperty("properties").GetProperty("expectedFailures").GetProperty("items");
        Assert.That(Names(schema.RootElement), Is.EquivalentTo(BaselineReader.FileKeys));
        Assert.That(Names(entry), Is.EquivalentTo(BaselineReader.EntryKeys));
        Assert.That(entry.GetProperty("required").EnumerateArray().Select(key => key.GetString()), Is.EquivalentTo(BaselineReader.RequiredKeys));
        Assert.That(entry.GetProperty("properties").GetProperty("model").GetProperty("enum").EnumerateArray().Select(model => model.GetString()), Is.EquivalentTo(EmulatedPhones.Models));
    }

    private static IEnumerable<string> Names(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static Baseline Parse(string json) => BaselineReader.Parse("b.json", Encoding.UTF8.GetBytes(json));

    private static string SchemaFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "lab-config", "baseline.schema.json");
}
