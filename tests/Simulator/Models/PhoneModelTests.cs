using NUnit.Framework;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Tests.Models;

[TestFixture]
public sealed class PhoneModelTests
{
    [Test]
    public void All_six_models_are_there_with_a_firmware_of_each_step()
    {
        Assert.That(PhoneModels.All.Select(model => model.DeviceType), Is.EquivalentTo(new[] { "OpenStage 15", "OpenStage 20", "OpenStage 20E", "OpenStage 40", "OpenStage 60", "OpenStage 80" }));
        foreach (var model in PhoneModels.All)
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
        () => PhoneModels.Parse("x.json", $$"""{ "deviceType": "X", "partNumber": "1", "firmware": ["V3 R1.0.0"], "keys": {}, "notSupported": {}, "sources": [], "items": { "{{item}}": "{{value}}" } }"""),
        Throws.TypeOf<FormatException>().With.Message.Contains(expected));

    [Test]
    public void Quirks_have_names_and_ids_of_their_own()
    {
        Assert.That(QuirkCatalogue.All.Select(quirk => quirk.Name), Is.Unique);
        Assert.That(QuirkCatalogue.All.Select(quirk => quirk.Id), Is.Unique);
    }

    [Test]
    public void An_unknown_quirk_is_refused() =>
        Assert.That(() => QuirkCatalogue.Wear(["no-such-quirk"]), Throws.ArgumentException.With.Message.Contains("'no-such-quirk' is unknown"));
}
