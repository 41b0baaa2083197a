using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Tests.Sessions;
using OpenStage.Harness.Time;

namespace OpenStage.Harness.Tests.Lab;

[TestFixture]
public sealed class PhoneDiscoveryTests
{
    [Test]
    public async Task Phones_that_call_are_found_and_make_a_lab_file_that_can_be_read()
    {
        await using var first = await ForeignPhone.StartAsync("127.78.0.1", "00:1A:E8:78:00:01");
        await using var third = await ForeignPhone.StartAsync("127.78.0.3", "00:1A:E8:78:00:03", "OpenStage 15");

        var clock = new ManualClock();
        var found = await PhoneDiscovery.FindAsync("127.78.0.1-127.78.0.4", new LabServer(), clock, span => PassAsync(clock, span), CancellationToken.None);
        Assert.That(found.Select(phone => (phone.Mac, phone.Model, phone.Address)), Is.EquivalentTo(new[]
        {
            ("00:1A:E8:78:00:01", "OpenStage 40", "127.78.0.1"), ("00:1A:E8:78:00:03", "OpenStage 15", "127.78.0.3"),
        }));

        var lab = LabFileReader.Parse("lab.json", Encoding.UTF8.GetBytes(PhoneDiscovery.Write(found, new LabServer())));
        Assert.That(lab.Phones.Select(phone => (phone.Mac, phone.Address, phone.Consent)), Is.EqualTo(found.Select(phone => (phone.Mac, phone.Address, Consent.None))));
        Assert.That(lab.Phones[0].FirmwareAllowed, Is.EqualTo(found[0].FirmwareAllowed).And.Not.Empty);
    }

    [TestCase("here")]
    [TestCase("127.0.0.9-127.0.0.1")]
    [TestCase("8.8.8.8")]
    public void A_range_that_is_not_allowed_is_refused_with_its_value(string range) => Assert.That(
        () => PhoneDiscovery.FindAsync(range, new LabServer(), new ManualClock(), _ => Task.CompletedTask, CancellationToken.None),
        Throws.TypeOf<FormatException>().With.Message.Contains($"range '{range}' is not allowed"));

    [Test]
    public async Task A_phone_that_calls_when_it_is_asked_to_has_no_firewall_between_and_any_other_is_told_with_what_to_do()
    {
        await using var phone = await ForeignPhone.StartAsync("127.78.1.1", "00:1A:E8:78:01:01");
        await using var deaf = await ForeignPhone.StartAsync("127.78.1.2", "00:1A:E8:78:01:02");
        var clock = new ManualClock();
        LabFile lab = new()
        {
            File = "lab.json",
            Phones = [Physical("good", "00:1A:E8:78:01:01", "127.78.1.1"), Physical("other", "00:1A:E8:78:01:09", "127.78.1.2"), Physical("off", "00:1A:E8:78:01:03", "127.78.1.3")],
        };

        var checks = await PhoneCallCheck.ExamineAsync(lab, clock, span => PassAsync(clock, span), CancellationToken.None);

        Assert.That(checks.Select(check => (check.Name, check.IsGood)), Is.EqualTo(new[] { ("firewall, good", true), ("firewall, other", false), ("firewall, off", false) }));
        Assert.That(checks[0].Found, Is.EqualTo("127.78.1.1 was asked to call, and called"));
        Assert.That(checks[1].Found, Is.EqualTo("00:1A:E8:78:01:02 called from 127.78.1.2, not 00:1A:E8:78:01:09"));
        Assert.That(checks[2].Found, Is.EqualTo("127.78.1.3 could not be asked to call"));
        Assert.That(checks.Skip(1).Select(check => check.Advice), Has.All.Not.Empty);
    }

    private static LabPhone Physical(string id, string mac, string address) => new() { Id = id, Kind = PhoneKind.Physical, Mac = mac, Model = "OpenStage 40", Address = address };

    /// <summary>The server's clock jumps; the phones have real time, so each jump gives them a real moment.</summary>
    private static async Task PassAsync(ManualClock clock, TimeSpan span)
    {
        await new RealLabTime(TimeProvider.System).PassAsync(TimeSpan.FromMilliseconds(30));
        clock.Advance(span);
    }
}
