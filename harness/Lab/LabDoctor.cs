using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Harness.Lab;

/// <summary>Looks at all that a lab needs before a phone is bothered.</summary>
public static class LabDoctor
{
    private const int OldestYear = 2025;
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Looks at ports, address, routes, clock, certificate and TLS.</summary>
    public static async Task<IReadOnlyList<LabCheck>> ExamineAsync(LabFile lab, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var address = IPAddress.Parse(lab.Server.Address);
        var given = lab.Server.Advertised ?? lab.Server.Address;
        using var key = RSA.Create(2048);
        using var certificate = Certificate(key, given, now);
        return
        [
            Port("port for phones", address, lab.Server.PhonePort),
            // The lab's administration never leaves this machine.
            Port("port for administration", IPAddress.Loopback, lab.Server.AdminPort),
            Address(lab, given),
            .. lab.Phones.Where(phone => phone is { Kind: PhoneKind.Physical, Address: not null }).Select(phone => Route(phone, given)),
            Clock(now),
            Valid(certificate, now),
            await TlsAsync(certificate, SslProtocols.Tls13, "TLS 1.3", false, cancellation),
            await TlsAsync(certificate, SslProtocols.Tls12, "TLS 1.2", true, cancellation),
#pragma warning disable SYSLIB0039, CA5397 // Whether the machine can still speak what old firmware needs is the question.
            await TlsAsync(certificate, SslProtocols.Tls11, "TLS 1.1", false, cancellation),
            await TlsAsync(certificate, SslProtocols.Tls, "TLS 1.0", false, cancellation),
#pragma warning restore SYSLIB0039, CA5397
        ];
    }

    internal static LabCheck Port(string name, IPAddress address, int port)
    {
        var place = new IPEndPoint(address, port).ToString();
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
            return new LabCheck(name, true, port == 0 ? $"{address}, any free port" : $"{place} is free", "");
        }
        catch (SocketException taken)
        {
            return new LabCheck(name, false, $"{place}: {taken.Message}", taken.SocketErrorCode == SocketError.AddressNotAvailable
                ? "Give an address of this machine as server.address."
                : "End the program that has the port, or give another one in the lab file (0 for any).");
        }
    }

    internal static LabCheck Clock(DateTimeOffset now)
    {
        var found = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return now.Year >= OldestYear
            ? new LabCheck("clock", true, found, "")
            : new LabCheck("clock", false, found, "Set the clock of this machine: certificates are dated by it.");
    }

    private static LabCheck Address(LabFile lab, string given)
    {
        var physical = lab.Phones.Any(phone => phone.Kind == PhoneKind.Physical);
        var told = string.Create(CultureInfo.InvariantCulture, $"phones must be given {given}, port {(lab.Server.PhonePort == 0 ? "any" : lab.Server.PhonePort.ToString(CultureInfo.InvariantCulture))}");
        return physical && IPAddress.IsLoopback(IPAddress.Parse(given)) && lab.Phones.Any(phone => phone.Kind == PhoneKind.Physical && !IsOnThisMachine(phone))
            ? new LabCheck("address for phones", false, told, "Phones cannot reach a loopback address: give this machine's address on the phones' network as server.address or server.advertised.")
            : new LabCheck("address for phones", true, told, "");
    }

    private static bool IsOnThisMachine(LabPhone phone) => IPAddress.TryParse(phone.Address, out var address) && IPAddress.IsLoopback(address);

    private static LabCheck Route(LabPhone phone, string given)
    {
        var name = $"route to {phone.Id}";
        var target = IPAddress.Parse(phone.Address!);
        try
        {
            // Connecting a datagram socket sends nothing: the system only chooses the way.
            using var probe = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(target, 9);
            var from = ((IPEndPoint)probe.LocalEndPoint!).Address.ToString();
            return new LabCheck(name, true, from == given ? $"{target} from {from}" : $"{target} from {from}, while phones are given {given}", "");
        }
        catch (SocketException none)
        {
            return new LabCheck(name, false, $"{target}: {none.Message}", "Connect this machine to the phone's network, or add a route.");
        }
    }

    private static LabCheck Valid(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotBefore <= now.LocalDateTime && certificate.NotAfter > now.LocalDateTime && certificate.HasPrivateKey
            ? new LabCheck("certificate", true, "this machine can make one; phones in Default Mode accept any", "")
            : new LabCheck("certificate", false, "one that was just made is not valid", "Set the clock of this machine.");

    /// <summary>Speaks with itself over a socket.</summary>
    private static async Task<LabCheck> TlsAsync(X509Certificate2 certificate, SslProtocols version, string name, bool isNeeded, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(HandshakeLimit);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient(AddressFamily.InterNetwork);
        var accepted = listener.AcceptTcpClientAsync(limit.Token);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, limit.Token);
        using var service = await accepted;
        await using var inner = new SslStream(service.GetStream());
        // Nobody vouches for a certificate that was just made; it must be that one.
        await using var outer = new SslStream(client.GetStream(), false, (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(certificate.RawData));
        try
        {
            await Task.WhenAll(
                CloseOnFailureAsync(inner.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = version }, limit.Token), service),
                CloseOnFailureAsync(outer.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "lab", EnabledSslProtocols = version }, limit.Token), client));
            return new LabCheck(name, true, "spoken", "");
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException or NotSupportedException || (refused is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new LabCheck(name, !isNeeded, "not spoken by this machine", isNeeded
                ? "Allow TLS 1.2 in the system's TLS settings; the server needs it."
                : name is "TLS 1.3" ? "" : "Only for phones with old firmware: let the system's TLS settings (OPENSSL_CONF on Linux) allow it.");
        }
    }

    /// <summary>One side that gives up must not leave the other waiting.</summary>
    private static async Task CloseOnFailureAsync(Task handshake, TcpClient connection)
    {
        try
        {
            await handshake;
        }
        catch
        {
            connection.Close();
            throw;
        }
    }

    private static X509Certificate2 Certificate(RSA key, string name, DateTimeOffset now)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // Through PFX: Windows cannot speak TLS with a key that is only in memory.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
