using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Tests.Properties;

namespace OpenStage.Protocol.Tests.Firmware;

[TestFixture]
internal sealed class FirmwareVersionTests
{
    private static Gen<FirmwareVersion> Versions { get; } =
        from version in Gen.Choose(0, 12)
        from release in Gen.Choose(0, 12)
        from minor in Gen.Choose(0, 120)
        from build in Gen.Choose(0, 999_999)
        select new FirmwareVersion(version, release, minor, build);

    [Test]
    public void Both_forms_read_back_the_same() => Run.ForAll(Versions, version =>
        FirmwareVersion.Parse(version.ToString()) == version && FirmwareVersion.Parse(version.ToDotted()) == version);

    [Test]
    public void The_order_is_that_of_the_numbers_from_left_to_right() => Run.ForAll(Gen.Two(Versions), pair =>
    {
        var (left, right) = pair;
        int[] first = [left.Version, left.Release, left.Minor, left.Build];
        int[] second = [right.Version, right.Release, right.Minor, right.Build];
        var differs = Enumerable.Range(0, 4).Where(place => first[place] != second[place]).DefaultIfEmpty(-1).First();
        var expected = differs < 0 ? 0 : Math.Sign(first[differs] - second[differs]);

        Assert.That(Math.Sign(left.CompareTo(right)), Is.EqualTo(expected));
        Assert.That(left < right, Is.EqualTo(expected < 0));
        Assert.That(left > right, Is.EqualTo(expected > 0));
        Assert.That(left <= right, Is.EqualTo(expected <= 0));
        Assert.That(left >= right, Is.EqualTo(expected >= 0));
    });

    [TestCase("V3 R3.24.0", 3, 3, 24, 0)]
    [TestCase("V1 R5.6.53", 1, 5, 6, 53)]
    [TestCase("V3R5", 3, 5, 0, 0)]
    [TestCase("v2 r2.30", 2, 2, 30, 0)]
    [TestCase("1.4.9.0", 1, 4, 9, 0)]
    [TestCase("3.5", 3, 5, 0, 0)]
    [TestCase("  V3 R1.41.1\n", 3, 1, 41, 1)]
    public void A_version_is_read(string text, int version, int release, int minor, int build) =>
        Assert.That(FirmwareVersion.Parse(text), Is.EqualTo(new FirmwareVersion(version, release, minor, build)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("V3")]
    [TestCase("3")]
    [TestCase("V3 R3.24.0.1")]
    [TestCase("V3 R3.")]
    [TestCase("V-3 R1")]
    [TestCase("V3 R3 beta")]
    [TestCase("1.4.9.0.1")]
    [TestCase("V99999 R1")]
    [TestCase("V٣ R٣")]
    [TestCase("NULL")]
    public void What_is_no_version_is_not_read(string? text) =>
        Assert.That(FirmwareVersion.TryParse(text, out _), Is.False);

    [Test]
    public void Parsing_what_is_no_version_names_it_and_both_forms() =>
        Assert.That(() => FirmwareVersion.Parse("new"),
            Throws.TypeOf<FormatException>().With.Message.Contains("'new'").And.Message.Contains("V3 R3.24.0").And.Message.Contains("3.3.24.0"));

    [TestCase("V3 R3.24.0", 3, 3, true)]
    [TestCase("V3 R2.99.9", 3, 3, false)]
    [TestCase("V4 R0.1.0", 3, 3, true)]
    [TestCase("V2 R5.0.0", 3, 3, false)]
    public void A_version_is_at_least_a_step(string text, int version, int release, bool atLeast) =>
        Assert.That(FirmwareVersion.Parse(text).IsAtLeast(version, release), Is.EqualTo(atLeast));

    [TestCase("V1 R5.6.53", false, false, false, false, false)]
    [TestCase("V2 R1.18.0", false, false, false, false, false)]
    [TestCase("V2 R2.30.0", true, true, false, false, false)]
    [TestCase("V3 R0.10.0", true, true, true, false, false)]
    [TestCase("V3 R1.41.1", true, true, true, false, true)]
    [TestCase("V3 R2.0.0", true, true, true, false, true)]
    [TestCase("V3 R3.24.0", true, true, true, true, true)]
    [TestCase("V3 R5.12.0", true, true, true, true, true)]
    public void A_firmware_can_what_the_guide_says(
        string text, bool attaches, bool gigabitEnabled, bool chunked, bool sendSolicited, bool faults)
    {
        var capabilities = FirmwareCapabilities.Of(FirmwareVersion.Parse(text));

        Assert.That(capabilities, Is.EqualTo(new FirmwareCapabilities(
            attaches, gigabitEnabled, chunked, sendSolicited, faults, ReportsBacklight: gigabitEnabled,
            DecodesEntities: !text.StartsWith("V1", StringComparison.Ordinal), Polls: !text.StartsWith("V1", StringComparison.Ordinal), IsDeskPhoneCp: false)));
    }

    [Test]
    public void A_CP_phone_counts_versions_anew_and_can_all_of_it()
    {
        var capabilities = FirmwareCapabilities.Of(FirmwareVersion.Parse("V1 R1.11.0"), "OpenScape Desk Phone CP210");

        Assert.That(capabilities is { IsDeskPhoneCp: true, SendSolicited: true, TakesChunked: true, DecodesEntities: true, Polls: true });
    }
}
