using NUnit.Framework;
using OpenStage.Server.Devices;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Tests.Templates;

/// <summary>Values in which parts stand for facts of the phone and its user.</summary>
public sealed class PlaceholdersTests
{
    private static readonly Device Phone = new()
    {
        Mac = "00:1A:E8:00:00:0F",
        Model = "OpenStage 40",
        Firmware = "V3 R3.24.0",
        E164 = "4989123",
        Location = "Munich",
    };

    private static readonly Dictionary<string, string> User = new() { ["name"] = "Ada {{device.mac}}", ["extension"] = "17" };

    [TestCase("plain", "plain")]
    [TestCase("", "")]
    [TestCase("{{device.mac}}", "00:1A:E8:00:00:0F")]
    [TestCase("{{device.mac.compact}}.cfg", "001AE800000F.cfg")]
    [TestCase("{{device.model}}, {{device.firmware}}", "OpenStage 40, V3 R3.24.0")]
    [TestCase("sip:{{ device.e164 }}@{{device.location}}", "sip:4989123@Munich")]
    [TestCase("{{user.extension}}{{user.extension}}", "1717")]
    [TestCase("{{{{device.mac}}", "{{device.mac}}")]
    [TestCase("{{{{{{device.e164}}", "{{4989123")]
    [TestCase("a}}b{c}", "a}}b{c}")]
    public void A_value_is_filled_in(string value, string filled)
    {
        Assert.That(Placeholders.Wrong(value), Is.Null);
        var (text, missing) = Placeholders.Fill(value, Phone, User);
        Assert.That(text, Is.EqualTo(filled));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void What_a_fact_holds_is_not_filled_in_again() =>
        Assert.That(Placeholders.Fill("{{user.name}}", Phone, User).Value, Is.EqualTo("Ada {{device.mac}}"));

    [Test]
    public void Facts_that_are_not_known_are_named()
    {
        var (value, missing) = Placeholders.Fill("{{user.email}} {{device.e164}} {{device.location}}", Phone with { E164 = "" }, User);
        Assert.That(missing, Is.EqualTo(new[] { "{{user.email}}", "{{device.e164}}" }));
        Assert.That(value, Is.EqualTo("  Munich"));
    }

    [TestCase("{{device.maker}}", "{{device.maker}}", 1)]
    [TestCase("ok {{Device.mac}}", "{{Device.mac}}", 4)]
    [TestCase("{{device.mac}}{{user.pin}}", "{{user.pin}}", 15)]
    [TestCase("a {{device.mac", "{{device.mac", 3)]
    [TestCase("{{}}", "{{}}", 1)]
    [TestCase("{{{{}} {{", "{{", 8)]
    public void A_name_that_there_is_not_is_told_with_its_place(string value, string text, int place) =>
        Assert.That(Placeholders.Wrong(value), Is.EqualTo((text, place)));
}
