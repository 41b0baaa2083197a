using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Simulator.Wire;

namespace OpenStage.Simulator.Tests.Wire;

/// <summary>What a phone offers in its handshakes, read from the bytes of its hello (RFC 5246).</summary>
[TestFixture]
public sealed class HandshakeTests
{
    private const int ServerName = 0;
    private const int SessionTicket = 35;
    private const int SupportedVersions = 43;
    private const int PreSharedKey = 41;

    private X509Certificate2 certificate = null!;

    [OneTimeSetUp]
    public void MakeCertificate() => certificate = TestCertificates.SelfSigned("CN=server");

    [OneTimeTearDown]
    public void Forget() => certificate.Dispose();

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    public async Task Each_connection_is_a_whole_handshake_with_TLS_1_2_at_most(string host)
    {
        await using var service = await RecordingService.StartAsync(certificate);
        var address = new UriBuilder(service.Url) { Host = host }.Uri;
        for (var time = 0; time < 3; time++)
        {
            var connection = await PhoneConnection.OpenAsync(null, address, PhoneTrust.Nobody, null, CancellationToken.None);
            Assert.That(connection.TlsVersion, Is.EqualTo("Tls12"));
            await connection.CloseAsync();
        }

        Assert.That(service.Hellos, Has.Count.EqualTo(3));
        foreach (var hello in service.Hellos)
        {
            var (sessionBytes, extensions) = Read(hello);
            Assert.That(sessionBytes, Is.Zero, "bytes of the session to be taken up");
            Assert.That(extensions.GetValueOrDefault(SessionTicket, 0), Is.Zero, "bytes of the ticket of a session");
            Assert.That(extensions.Keys, Does.Not.Contain(SupportedVersions).And.Not.Contain(PreSharedKey));
            Assert.That(extensions.ContainsKey(ServerName), Is.EqualTo(host == "localhost"), "an address is no name to be sent");
        }
    }

    [Test]
    public async Task From_hello_to_goodbye_nothing_throws_at_the_name_of_an_address()
    {
        await using var service = await RecordingService.StartAsync(certificate);
        var thrown = 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            var connection = await PhoneConnection.OpenAsync(null, service.Url, PhoneTrust.Nobody, null, CancellationToken.None);
            await connection.CloseAsync();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.That(thrown, Is.Zero, "each takes as long as a tenth of what a phone does to start up");

        void Count(object? sender, FirstChanceExceptionEventArgs first)
        {
            if (first.Exception.TargetSite?.DeclaringType == typeof(IdnMapping))
                Interlocked.Increment(ref thrown);
        }
    }

    /// <returns>Length of the session identifier, and of each extension by its number.</returns>
    private static (int SessionBytes, Dictionary<int, int> Extensions) Read(ReadOnlySpan<byte> hello)
    {
        const int record = 5, head = 4, version = 2, random = 32;
        var rest = hello[(record + head + version + random)..];
        var sessionBytes = rest[0];
        rest = rest[(1 + sessionBytes)..];
        rest = rest[(2 + BinaryPrimitives.ReadUInt16BigEndian(rest))..];
        rest = rest[(1 + rest[0])..];
        var extensions = new Dictionary<int, int>();
        for (rest = rest[2..]; rest.Length >= 4;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            extensions.Add(BinaryPrimitives.ReadUInt16BigEndian(rest), length);
            rest = rest[(4 + length)..];
        }

        return (sessionBytes, extensions);
    }
}
