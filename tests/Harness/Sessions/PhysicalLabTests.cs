using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.Tests.Sessions;

/// <summary>An emulated phone plays a physical one: the lab knows its address, its MAC and nothing else.</summary>
[TestFixture]
public sealed class PhysicalLabTests
{
    private const string Mac = "00:1A:E8:77:00:01";
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("openstage-physical-test-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_phone_that_belongs_to_another_service_calls_the_lab_and_passes_the_pre_checks()
    {
        await using var foreign = await ForeignPhone.StartAsync("127.77.0.1", Mac);
        await using var session = await LabSession.StartAsync(Lab(Entry("127.77.0.1")), foreign.World(folder));

        var phone = session.Phone("p");
        Assert.That(phone.Unusable, Is.Null);
        Assert.That(phone.Firmware.ToString(), Is.EqualTo("V3 R3.24.0"));
        Assert.That(LabSession.Describe(phone).Kind, Is.EqualTo("physical"));
    }

    [TestCase("127.77.0.2", "00:1A:E8:77:00:99", "OpenStage 40", "V3 R3.24.0", "The phone at 127.77.0.2 is 00:1A:E8:77:00:01")]
    [TestCase("127.77.0.3", Mac, "OpenStage 60", "V3 R3.24.0", "says that it is 'OpenStage 40'")]
    [TestCase("127.77.0.4", Mac, "OpenStage 40", "V3 R5.12.0", "has firmware 'V3 R3.24.0'; allowed is V3 R5.12.0")]
    public async Task A_phone_that_is_not_the_one_that_is_meant_gets_no_case(string address, string mac, string model, string firmware, string expected)
    {
        await using var foreign = await ForeignPhone.StartAsync(address, Mac);
        await using var session = await LabSession.StartAsync(Lab(Entry(address) with { Mac = mac, Model = model, FirmwareAllowed = [firmware] }), foreign.World(folder));

        Assert.That(session.Phone("p").Unusable, Does.Contain(expected));
        Assert.That(session.Problems, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_phone_that_is_not_there_gets_no_case_and_the_reason_is_told()
    {
        await using var session = await LabSession.StartAsync(Lab(Entry("127.77.0.5")), new LabWorld { Clock = new ManualClock(), LockFolder = folder });
        Assert.That(session.Phone("p").Unusable, Does.StartWith("The phone p cannot be reached at 127.77.0.5, port 8085"));
    }

    [Test]
    public async Task A_phone_that_another_run_has_hears_nothing_and_is_free_when_that_run_ends()
    {
        var lab = Lab(Entry("127.77.0.6"));
        await using (var first = await LabSession.StartAsync(lab, new LabWorld { Clock = new ManualClock(), LockFolder = folder }))
            Assert.That(() => LabSession.StartAsync(lab, new LabWorld { Clock = new ManualClock(), LockFolder = folder }), Throws.TypeOf<LabErrorException>().With.Message.Contains("is in use by process"));
        await using var second = await LabSession.StartAsync(lab, new LabWorld { Clock = new ManualClock(), LockFolder = folder });
        Assert.That(second.Notices, Is.Empty);
    }

    [Test]
    public async Task What_the_owner_does_not_allow_is_never_sent()
    {
        await using var foreign = await ForeignPhone.StartAsync("127.77.0.7", Mac);
        await using var session = await LabSession.StartAsync(Lab(Entry("127.77.0.7")), foreign.World(folder));
        var phone = session.Phone("p");

        Assert.That(() => phone.CreateJobAsync(Server.Jobs.JobKind.WriteItems, new Item("e164", "1")), Throws.TypeOf<NoConsentException>());
        Assert.That(session.Server.Jobs.List(Mac), Is.Empty);
        Assert.That(() => phone.CreateJobAsync(Server.Jobs.JobKind.ReadAllItems), Throws.Nothing);
    }

    private static LabFile Lab(LabPhone phone) => new() { File = "lab.json", Patience = TimeSpan.FromSeconds(20), Phones = [phone] };

    private static LabPhone Entry(string address) => new()
    {
        Id = "p",
        Kind = PhoneKind.Physical,
        Mac = Mac,
        Model = "OpenStage 40",
        Address = address,
        Owner = "test",
        Consent = Consent.None,
    };
}
