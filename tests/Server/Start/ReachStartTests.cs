using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Server.Tests.Interactions;

namespace OpenStage.Server.Tests.Start;

/// <summary>The command's options of polls, networks, limits and signatures.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReachStartTests
{
    [TestCase("ContactNetworks", "--contact-network: '10.1.0.0' is not allowed; allowed is a list of networks such as 10.1.0.0/16.", "--contact-network", "10.1.0.0")]
    [TestCase("PollPort", "--poll-port: '70000' is not allowed; allowed is 0 to 65535.", "--poll-port", "70000")]
    [TestCase("MaxInteractions", "--max-interactions: '0' is not allowed; allowed is 1 to 100000.", "--max-interactions", "0")]
    [TestCase("MaxConnections", "--max-connections: '0' is not allowed; allowed is 1 to 1000000.", "--max-connections", "0")]
    public async Task A_value_out_of_its_range_ends_the_command(string option, string why, string name, string value)
    {
        await using var server = new ServerProcess();
        var (exitCode, error) = await server.RunAsync(name, value);
        Assert.That(exitCode, Is.EqualTo(2), option);
        Assert.That(error, Does.StartWith($"error: {why}"));
        Assert.That(error.TrimEnd(), Does.Not.Contain("\n"), "no stack trace");
    }

    [Test]
    public async Task Answers_cannot_be_signed_with_a_key_that_is_not_RSA()
    {
        await using var server = new ServerProcess();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await File.WriteAllBytesAsync(Path.Combine(server.Data, "server.pfx"), certificate.Export(X509ContentType.Pfx));
        var (exitCode, error) = await server.RunAsync("--sign-answers");
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.StartWith("error: SignAnswers 'true': allowed is true with a server certificate that has an RSA key."));
    }
}
