using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Harness.Recording;

namespace OpenStage.Harness.Tests.Recording;

[TestFixture]
public sealed class ServiceSideTests
{
    [Test]
    public async Task To_call_a_service_reads_no_authorities_of_the_system_and_loads_nothing()
    {
        await using var side = new ServiceSide(new Uri("https://127.0.0.1:1/"));
        var policy = side.Handshake().CertificateChainPolicy;
        Assert.That(policy?.TrustMode, Is.EqualTo(X509ChainTrustMode.CustomRootTrust));
        Assert.That(policy?.CustomTrustStore, Is.Empty);
        Assert.That((policy?.RevocationMode, policy?.DisableCertificateDownloads), Is.EqualTo(((X509RevocationMode?)X509RevocationMode.NoCheck, (bool?)true)));
    }
}
