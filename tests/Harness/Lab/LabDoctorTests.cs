using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using OpenStage.Harness.Lab;

namespace OpenStage.Harness.Tests.Lab;

[TestFixture]
public sealed class LabDoctorTests
{
    private static readonly LabPhone Physical = new() { Id = "p", Kind = PhoneKind.Physical, Mac = "00:1A:E8:00:00:01", Model = "OpenStage 40", Address = "127.0.0.9" };

    [Test]
    public async Task This_machine_has_what_a_lab_of_emulated_phones_needs()
    {
        var checks = await ExamineAsync(new LabServer(), Physical with { Kind = PhoneKind.Emulated });

        Assert.That(checks.Where(check => !check.IsGood), Is.Empty);
        Assert.That(checks.Select(check => check.Name), Is.SupersetOf(new[] { "port for phones", "port for administration", "address for phones", "clock", "certificate", "TLS 1.2", "TLS 1.0" }));
    }

    [Test]
    public async Task A_port_in_use_is_found_with_what_to_do()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var check = (await ExamineAsync(new LabServer { PhonePort = port }, Physical)).Single(check => check.Name == "port for phones");
        Assert.That(check, Has.Property(nameof(LabCheck.IsGood)).False.And.Property(nameof(LabCheck.Advice)).Contains("End the program that has the port"));
        Assert.That(check.Found, Does.StartWith($"127.0.0.1:{port}: "));
    }

    [Test]
    public void An_address_of_another_machine_is_found() =>
        Assert.That(LabDoctor.Port("port for phones", IPAddress.Parse("192.0.2.1"), 0), Has.Property(nameof(LabCheck.Advice)).Contains("address of this machine"));

    [TestCase("10.1.2.30", false)]
    [TestCase("127.0.0.9", true)]
    public async Task A_loopback_address_is_no_use_to_phones_elsewhere(string phone, bool isGood) => Assert.That(
        (await ExamineAsync(new LabServer(), Physical with { Address = phone })).Single(check => check.Name == "address for phones").IsGood, Is.EqualTo(isGood));

    [Test]
    public async Task The_way_to_each_physical_phone_is_looked_up() => Assert.That(
        (await ExamineAsync(new LabServer(), Physical)).Single(check => check.Name == "route to p").Found, Does.StartWith("127.0.0.9 from 127."));

    [TestCase(1970, false)]
    [TestCase(2026, true)]
    public void A_clock_that_was_never_set_is_found(int year, bool isGood) =>
        Assert.That(LabDoctor.Clock(new DateTimeOffset(year, 1, 2, 0, 0, 0, TimeSpan.Zero)).IsGood, Is.EqualTo(isGood));

    private static Task<IReadOnlyList<LabCheck>> ExamineAsync(LabServer server, LabPhone phone) =>
        LabDoctor.ExamineAsync(new LabFile { File = "lab.json", Server = server, Phones = [phone] }, TimeProvider.System, CancellationToken.None);
}
