using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    /// <summary>
    /// Authorities are made, given up and issued by under this lock: on a shared store other nodes wait here until this
    /// transaction is over, and then see what it did.
    /// </summary>
    public void LockAuthorities() => NextId("authority-lock");

    public long NextAuthorityId() => NextId("authorities");

    /// <summary>All authorities, the oldest first.</summary>
    public IReadOnlyList<AuthorityRecord> Authorities() => Many<AuthorityRecord>("authorities", "SELECT body FROM authorities ORDER BY id");

    public void Save(AuthorityRecord authority)
    {
        Execute("INSERT INTO authorities (id, body) VALUES (@Id, @body) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            new { authority.Id, body = Sealed("authorities", authority) });
        Tell($"authority:{authority.Id}");
    }

    /// <param name="thumbprint">SHA-256, hex in upper case.</param>
    public ClientCertificate? ClientCertificate(string thumbprint) => One<ClientCertificate>(
        "client_certificates", "SELECT body FROM client_certificates WHERE thumbprint = @thumbprint", new { thumbprint });

    public ClientCertificate? ClientCertificateOfSerial(string serial) => One<ClientCertificate>(
        "client_certificates", "SELECT body FROM client_certificates WHERE serial = @serial", new { serial });

    /// <summary>Certificates that were issued for phones, the latest first.</summary>
    /// <param name="mac">Of this phone only.</param>
    public IReadOnlyList<ClientCertificate> ClientCertificates(string? mac, int skip = 0, int top = int.MaxValue) => Many<ClientCertificate>(
        "client_certificates",
        $"SELECT body FROM client_certificates {(mac is null ? "" : "WHERE mac = @mac")} ORDER BY issued DESC, serial LIMIT @top OFFSET @skip",
        new { mac, top, skip });

    /// <summary>How many certificates of an authority phones may hold: neither revoked nor expired.</summary>
    public long CountHeld(long authority, DateTimeOffset now) => Scalar<long>(
        "SELECT count(*) FROM client_certificates WHERE authority = @authority AND revoked = 0 AND not_after > @now",
        new { authority, now = now.ToUnixTimeMilliseconds() });

    public void Save(ClientCertificate certificate)
    {
        Execute(
            """
            INSERT INTO client_certificates (thumbprint, mac, serial, authority, issued, not_after, revoked, body)
            VALUES (@Thumbprint, @Mac, @Serial, @Authority, @issued, @end, @revoked, @body)
            ON CONFLICT (thumbprint) DO UPDATE SET revoked = excluded.revoked, body = excluded.body
            """,
            new
            {
                certificate.Thumbprint,
                certificate.Mac,
                certificate.Serial,
                certificate.Authority,
                issued = certificate.Issued.ToUnixTimeMilliseconds(),
                end = certificate.NotAfter.ToUnixTimeMilliseconds(),
                revoked = certificate.Revoked is null ? 0 : 1,
                body = Sealed("client_certificates", certificate),
            });
        Tell($"certificate:{certificate.Serial}");
    }

    /// <summary>The certificate of the secure port for these names, or null.</summary>
    public PortCertificate? PortCertificate(string names) => One<PortCertificate>(
        "port_certificates", "SELECT body FROM port_certificates WHERE names = @names", new { names });

    public void Save(PortCertificate certificate) => Execute(
        "INSERT INTO port_certificates (names, body) VALUES (@Names, @body) ON CONFLICT (names) DO UPDATE SET body = excluded.body",
        new { certificate.Names, body = Sealed("port_certificates", certificate) });
}
