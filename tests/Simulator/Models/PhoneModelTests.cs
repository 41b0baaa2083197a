using NUnit.Framework;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Tests.Models;

[TestFixture]
public sealed class PhoneModelTests
{
    [Test]
    public void All_six_OpenStage_models_are_there_with_a_firmware_of_each_step()
    {
        var models = PhoneModels.All.Where(model => model.DeviceType.StartsWith("OpenStage", StringComparison.Ordinal)).ToList();
        Assert.That(models.Select(model => model.DeviceType), Is.EquivalentTo(new[] { "OpenStage 15", "OpenStage 20", "OpenStage 20E", "OpenStage 40", "OpenStage 60", "OpenStage 80" }));
        foreach (var model in models)
            Assert.That(model.Firmware.Select(version => version[..5]), Is.EqualTo(new[] { "V2 R1", "V2 R2", "V3 R1", "V3 R3", "V3 R5" }));
    }

    [TestCase("OpenStage 15", 8)]
    [TestCase("OpenStage 40", 6)]
    [TestCase("OpenStage 60", 8)]
    [TestCase("OpenStage 80", 9)]
    public void The_keys_are_those_of_page_120(string model, int keys)
    {
        var layout = PhoneModels.Find(model)!.Keys;
        Assert.That(layout.Has(keys, 0) && !layout.Has(keys + 1, 0) && !layout.Has(0, 0));
        Assert.That(layout.Has(301, 0), Is.False);
    }

    [TestCase("{ \"deviceType\": \"X\", \"colour\": 1 }", "x.json:1: $.colour")]
    [TestCase("{\n \"deviceType\": 5 }", "x.json:2: $.deviceType")]
    [TestCase("{ \"deviceType\": \"X\" }", "partNumber")]
    [TestCase("nonsense", "x.json:1")]
    public void A_broken_model_file_is_refused_with_its_place(string json, string expected) =>
        Assert.That(() => PhoneModels.Parse("x.json", json), Throws.TypeOf<FormatException>().With.Message.Contains(expected));

    [TestCase("no-such-item", "1", "items.no-such-item: no such item")]
    [TestCase("dhcp", "maybe", "items.dhcp: 'maybe' is not allowed; allowed is true or false")]
    public void A_model_with_an_impossible_value_is_refused(string item, string value, string expected) => Assert.That(
        () => PhoneModels.Parse("x.json", $$"""{ "deviceType": "X", "partNumber": "1", "firmware": ["V3 R1.0.0"], "keys": {}, "display": {}, "notSupported": {}, "files": {}, "sources": [], "items": { "{{item}}": "{{value}}" } }"""),
        Throws.TypeOf<FormatException>().With.Message.Contains(expected));

    [TestCase("\"quirks\": [\"no-such\"]", "quirks: 'no-such' is not allowed")]
    [TestCase("\"files\": { \"LOGO\": { \"extensions\": [], \"maxBytes\": 1 } }", "files.LOGO: allowed are at least one extension and maxBytes from 1")]
    [TestCase("\"files\": { \"LOGO\": { \"extensions\": [\"bmp\"] } }", "files.LOGO: allowed are at least one extension and maxBytes from 1")]
    public void A_model_with_impossible_quirks_or_files_is_refused(string part, string expected) => Assert.That(
        () => PhoneModels.Parse("x.json", $$"""{ "deviceType": "X", "partNumber": "1", "firmware": ["V3 R1.0.0"], "keys": {}, "display": {}, "notSupported": {}, {{(part.StartsWith("\"files", StringComparison.Ordinal) ? "" : "\"files\": {}, ")}}"sources": [], "items": {}, {{part}} }"""),
        Throws.TypeOf<FormatException>().With.Message.Contains(expected));

    [TestCase("status-twice", null, null, null)]
    [TestCase("status-twice@3", 3, 3, null)]
    [TestCase("status-twice@3-5", 3, 5, null)]
    [TestCase("status-twice%25", null, null, 25)]
    [TestCase("status-twice@2-900%1", 2, 900, 1)]
    public void A_quirk_can_be_aimed_at_messages(string text, int? first, int? last, int? percent)
    {
        var use = QuirkUse.Parse(text);
        Assert.That((use.Quirk.Name, use.First, use.Last, use.Percent, use.ToString()), Is.EqualTo(("status-twice", first, last, percent, text)));
    }

    [TestCase("status-twice@0")]
    [TestCase("status-twice@5-3")]
    [TestCase("status-twice%0")]
    [TestCase("status-twice%101")]
    [TestCase("status-twice@")]
    [TestCase("")]
    public void A_quirk_aimed_nowhere_is_refused_with_what_is_allowed(string text) =>
        Assert.That(() => QuirkUse.Parse(text), Throws.ArgumentException.With.Message.Contains($"quirk '{text}' is not allowed; allowed is the name of a quirk"));

    [Test]
    public void A_rate_hits_about_its_share_of_messages_and_the_same_ones_for_the_same_seed()
    {
        bool[] Hits(ulong seed) => [.. Enumerable.Range(1, 1000).Select(new WornQuirks([QuirkUse.Parse("status-twice%25")], seed, PhoneBehaviour.Guide).For).Select(behaviour => behaviour.StatusTwice)];

        Assert.That(Hits(1).Count(hit => hit), Is.InRange(200, 300));
        var again = Hits(1);
        Assert.That(Hits(1), Is.EqualTo(again));
        Assert.That(Hits(2), Is.Not.EqualTo(again));
    }

    [Test]
    public void Quirks_have_names_and_ids_of_their_own()
    {
        Assert.That(QuirkCatalogue.All.Select(quirk => quirk.Name), Is.Unique);
        Assert.That(QuirkCatalogue.All.Select(quirk => quirk.Id), Is.Unique);
    }

    [Test]
    public void An_unknown_quirk_is_refused() =>
        Assert.That(() => QuirkUse.Parse("no-such-quirk"), Throws.ArgumentException.With.Message.Contains("'no-such-quirk' is not allowed"));
}
