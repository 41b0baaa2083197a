using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using NUnit.Framework;
using OpenStage.Harness.Listening;
using OpenStage.Harness.ServiceSuite;

namespace OpenStage.Harness.Tests.Listening;

[TestFixture]
public sealed class ServiceCertificatesTests
{
    [Test]
    public void The_certificate_of_an_address_is_made_once_however_many_ask_at_a_time()
    {
        var address = IPAddress.Parse("127.0.0.99");
        var given = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => ServiceCertificates.For(address)).Distinct().ToList();
        Assert.That(given, Has.Count.EqualTo(1));
        Assert.That(given[0].TargetCertificate.MatchesHostname("127.0.0.99"), Is.True);
        Assert.That(ServiceCertificates.For(IPAddress.Loopback), Is.Not.SameAs(given[0]));
    }

    [Test]
    public async Task The_own_service_shows_it()
    {
        await using var service = await OwnService.StartAsync(TimeProvider.System);
        using var client = new TcpClient();
        await client.ConnectAsync(service.Url.Host, service.Url.Port);
        await using var tls = new SslStream(client.GetStream());
#pragma warning disable CA5359 // What is shown is looked at below.
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "lab", RemoteCertificateValidationCallback = static (_, _, _, _) => true });
#pragma warning restore CA5359
        Assert.That(tls.RemoteCertificate!.GetRawCertData(), Is.EqualTo(ServiceCertificates.For(IPAddress.Loopback).TargetCertificate.RawData));
    }
}
