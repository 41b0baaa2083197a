using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reproduction;
using OpenStage.Harness.Tests.Lab;

namespace OpenStage.Harness.Tests.Reproduction;

[TestFixture]
public sealed class ReproFileTests
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("openstage-repro-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    private string File => Path.Combine(folder, ReproFile.Name);

    [Test]
    public void What_was_written_is_read_again_and_is_as_the_schema_says()
    {
        var files = ReproFile.Write(SampleRepro.Make(), folder);
        var read = ReproFile.Read(File);

        Assert.That(files, Is.EqualTo(new[] { "repro.json", "recording.json" }));
        Assert.That(Text(read), Is.EqualTo(Text(SampleRepro.Make())));
        Assert.That(IsAllowed(), Is.True);
    }

    [Test]
    public void A_small_one_has_no_recording_and_is_read_again_too()
    {
        var small = SampleRepro.Make() with { Phone = new LabPhone { Id = "a", Mac = "00:1A:E8:00:00:40", Model = "OpenStage 40" }, Before = [], WasPhysical = false };
        Assert.That(ReproFile.Write(small, folder), Is.EqualTo(new[] { "repro.json" }));
        Assert.That(Text(ReproFile.Read(File)), Is.EqualTo(Text(small)));
        Assert.That(IsAllowed(), Is.True);
    }

    [TestCase("schemaVersion", "2", "schemaVersion: '2' is not allowed; allowed is a whole number from 1 to 1.")]
    [TestCase("case", "\"3.6.4\"", "case: '3.6.4' is not allowed; allowed is the id of a case such as wpi/3.6.4/1.")]
    [TestCase("before", "\"wpi/1/1\"", "before: 'wpi/1/1' is not allowed; allowed is a list.")]
    [TestCase("before", "[1]", "before[0]: '1' is not allowed; allowed is a text in quotes.")]
    [TestCase("seed", "-1", "seed: '-1' is not allowed; allowed is a whole number from 0 to 2147483647.")]
    [TestCase("patienceSeconds", "0", "patienceSeconds: '0' is not allowed; allowed is a whole number from 1 to 3600.")]
    [TestCase("phone", "7", "phone: '7' is not allowed; allowed is an object.")]
    [TestCase("phone.mac", "\"1\"", "phone.mac: '1' is not allowed; allowed is six pairs of hex digits")]
    [TestCase("phone.model", "\"OpenStage 41\"", "phone.model: 'OpenStage 41' is not allowed; allowed is OpenStage 15, ")]
    [TestCase("phone.recording", "\"../recording.json\"", "phone.recording: '../recording.json' is not allowed; allowed is the name of a file in the same folder.")]
    [TestCase("phone.wasPhysical", "1", "phone.wasPhysical: '1' is not allowed; allowed is true or false.")]
    [TestCase("failure.verdict", "\"pass\"", "failure.verdict: 'pass' is not allowed; allowed is fail or non-strict or informational or lab-error.")]
    [TestCase("failure.expected", "1", "failure.expected: '1' is not allowed; allowed is a text in quotes.")]
    [TestCase("more", "1", "more: unknown key; allowed are $schema, schemaVersion, ")]
    [TestCase("phone.more", "1", "phone.more: unknown key; allowed are id, mac, model, ")]
    public void A_value_that_is_not_allowed_is_refused_by_reader_and_schema(string key, string value, string expected)
    {
        Change(key, value);
        Assert.That(Problems(), Has.Count.EqualTo(1).And.ItemAt(0).Matches(@"repro\.json:\d+:\d+: ").And.ItemAt(0).Contains(": " + expected));
        Assert.That(IsAllowed(), Is.False);
    }

    [TestCase("schemaVersion")]
    [TestCase("case")]
    [TestCase("seed")]
    [TestCase("patienceSeconds")]
    [TestCase("phone")]
    [TestCase("failure")]
    [TestCase("phone.id")]
    [TestCase("phone.mac")]
    [TestCase("phone.model")]
    [TestCase("failure.verdict")]
    public void A_key_that_must_be_there_is_missed_by_reader_and_schema(string key)
    {
        Change(key, null);
        Assert.That(Problems(), Has.Some.Contains($": {key}: the key is missing."));
        Assert.That(IsAllowed(), Is.False);
    }

    [TestCase("phone.withoutItems", "[\"none\"]", "phone.withoutItems[0]: 'none' is not allowed; allowed is the name of an item of the catalogue.")]
    [TestCase("phone.quirks", "[\"none\"]", "phone.quirks[0]: 'none' is not allowed; allowed is ")]
    [TestCase("phone.firmware", "\"3\"", "phone.firmware: '3' is not allowed; allowed is a version such as V3 R3.24.0.")]
    [TestCase("phone.address", "\"10.1.2.3\"", "phone.address: '10.1.2.3' is not allowed; allowed is a loopback address")]
    [TestCase("phone.recording", "\"none.json\"", "phone.recording: 'none.json' cannot be used: ")]
    public void What_takes_more_than_a_schema_is_refused_too(string key, string value, string expected)
    {
        Change(key, value);
        Assert.That(Problems(), Has.Count.EqualTo(1).And.ItemAt(0).Contains(": " + expected));
    }

    [Test]
    public void A_recording_that_breaks_its_form_is_named_with_its_place()
    {
        ReproFile.Write(SampleRepro.Make(), folder);
        System.IO.File.WriteAllText(Path.Combine(folder, "recording.json"), "{}");
        Assert.That(Problems().Single(), Does.Contain("phone.recording: 'recording.json' cannot be used: recording.json:1: $.schemaVersion: the key is missing."));
    }

    [TestCase(null, ": cannot be read: ")]
    [TestCase("{", "repro.json:1:2: no valid JSON: ")]
    [TestCase("[]", "repro.json:1:1: 'a list' is not allowed; allowed is an object.")]
    public void What_is_no_repro_at_all_is_refused(string? text, string expected)
    {
        if (text is not null)
            System.IO.File.WriteAllText(File, text);
        Assert.That(Problems()[0], Does.Contain(expected));
    }

    private void Change(string key, string? value)
    {
        ReproFile.Write(SampleRepro.Make(), folder);
        var root = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();
        var path = key.Split('.');
        var place = path.Length == 1 ? root : root[path[0]]!.AsObject();
        place.Remove(path[^1]);
        if (value is not null)
            place[path[^1]] = JsonNode.Parse(value);
        System.IO.File.WriteAllText(File, root.ToJsonString());
    }

    private IReadOnlyList<string> Problems() => Assert.Throws<LabFileException>(() => ReproFile.Read(File))!.Problems;

    private bool IsAllowed() => new SchemaCheck(JsonDocument.Parse(System.IO.File.ReadAllText(Schema())).RootElement).Allows(JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement);

    private static string Schema([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "lab-config", "repro.schema.json");

    /// <summary>Everything in it; records compare lists by reference.</summary>
    private static string Text(Repro repro) => JsonSerializer.Serialize(repro);
}
