using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Server.Storage;

namespace OpenStage.Server.SecureMode;

/// <summary>
/// The server's own certificate authority, shared by all nodes of a store (WPI guide p.62). At most two are trusted at a
/// time: the newest issues the certificates of phones; the oldest signs the certificate of the secure port, because
/// phones that were given only that one authenticate the server by it. Phones take an authority for each of the two
/// indices of <c>dls-server-ca</c> (p.64).
/// </summary>
internal sealed class Authority(Database database, TimeProvider time, TimeSpan clientLifetime)
{
    private const int MostTrusted = 2;

    /// <summary>With less left than this no phone is given a certificate of an authority any more: there is a new one then.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromDays(365);

    private static readonly TimeSpan PortLifetime = TimeSpan.FromDays(5 * 365);
    private static readonly TimeSpan PortSpare = TimeSpan.FromDays(60);

    private readonly ConcurrentDictionary<string, X509Certificate2> parsed = new();

    /// <summary>The authorities that are trusted now, the oldest first; none before the first use.</summary>
    public IReadOnlyList<AuthorityRecord> Trusted => InForce(database.Read(session => session.Authorities()));

    /// <summary>The certificates behind <see cref="Trusted"/>. They stay this class's own.</summary>
    public X509Certificate2Collection TrustedCertificates() => [.. Trusted.Select(Parsed)];

    /// <summary>The authority that issues, made when there is none yet or its end is near.</summary>
    public AuthorityRecord Current()
    {
        var now = time.GetUtcNow();
        return Trusted is [.., var newest] && IsFit(newest) ? newest : Add(DefaultName(), IsFit);

        bool IsFit(AuthorityRecord authority) => authority.NotAfter - now > Spare;
    }

    /// <summary>
    /// A new authority beside the present one, or in its place when no phone holds a certificate of that. Phones that
    /// hold one are given the new authority when they are brought to Secure Mode again.
    /// </summary>
    /// <param name="name">Common name of its certificate; null for one that is made up.</param>
    /// <exception cref="RequestException">Two are trusted already, and phones hold certificates of both.</exception>
    public AuthorityRecord Renew(string? name) => Add(name ?? DefaultName(), _ => false);

    /// <summary>Gives an authority up.</summary>
    /// <exception cref="RequestException">It is not there, or is the one that issues, or phones hold certificates of it.</exception>
    public AuthorityRecord Retire(long id)
    {
        var now = time.GetUtcNow();
        var number = id.ToString(CultureInfo.InvariantCulture);
        return database.Write(session =>
        {
            session.LockAuthorities();
            var trusted = InForce(session.Authorities());
            var found = trusted.FirstOrDefault(authority => authority.Id == id)
                ?? throw RequestException.NotFound("id", number, "the id of an authority in /api/secure-mode/authorities that is trusted");
            if (found == trusted[^1])
                throw RequestException.Conflict("id", number, "an authority that does not issue; POST /api/secure-mode/authorities makes another that does");
            if (session.CountHeld(id, now) is > 0 and var held)
                throw RequestException.Conflict("id", number, Held(held));
            var retired = found with { Retired = now };
            session.Save(retired);
            return retired;
        });
    }

    /// <summary>Makes a certificate for a phone; it counts once it is stored.</summary>
    /// <param name="mac">MAC address in normal form.</param>
    public (ClientCertificate Certificate, byte[] Pkcs12) Issue(string mac) =>
        CertificateMaker.Client(Current(), mac, time.GetUtcNow(), clientLifetime);

    /// <summary>The certificate for the secure port, made anew when there is none, its end is near, or its authority is given up.</summary>
    /// <param name="names">IP addresses and host names of this node.</param>
    public PortCertificate ForPort(IReadOnlyList<string> names)
    {
        var now = time.GetUtcNow();
        var signer = Trusted is [var oldest, ..] ? oldest : Current();
        var known = database.Read(session => session.PortCertificate(string.Join(' ', names)));
        if (known is not null && known.Authority == signer.Id && !IsNearEnd(known, signer, now))
            return known;
        var made = CertificateMaker.Port(signer, names, now, PortLifetime);
        return database.Write(session =>
        {
            session.Save(made);
            return made;
        });
    }

    /// <summary>True when a certificate of the secure port must no longer be used by this node.</summary>
    public bool IsOutdated(PortCertificate certificate) =>
        Trusted is not [var oldest, ..] || oldest.Id != certificate.Authority || IsNearEnd(certificate, oldest, time.GetUtcNow());

    /// <summary>The trusted authorities as PEM, the one that issues first.</summary>
    public string ExportPem()
    {
        if (Trusted.Count == 0)
            Current();
        return string.Concat(Trusted.Reverse().Select(authority => $"{Pem(authority)}\n"));
    }

    public static string Pem(AuthorityRecord authority) => PemEncoding.WriteString("CERTIFICATE", authority.Certificate);

    /// <summary>Those of all authorities that are trusted, the oldest first.</summary>
    public static IReadOnlyList<AuthorityRecord> InForce(IReadOnlyList<AuthorityRecord> all) => [.. all.Where(authority => authority.Retired is null)];

    /// <param name="isIssuing">True for the newest of those that are trusted.</param>
    /// <param name="held">How many certificates of it phones may hold.</param>
    public static AuthorityView View(AuthorityRecord authority, bool isIssuing, long held)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(authority.Certificate);
        var state = authority.Retired is not null ? AuthorityState.Retired : isIssuing ? AuthorityState.Issuing : AuthorityState.Trusted;
        return new AuthorityView(
            authority.Id, state, certificate.Subject, authority.Thumbprint, authority.NotBefore, authority.NotAfter, held, Pem(authority));
    }

    private AuthorityRecord Add(string name, Func<AuthorityRecord, bool> suffices)
    {
        var now = time.GetUtcNow();
        // Before the transaction: it takes longer than anything else may have to wait.
        var made = CertificateMaker.Authority(0, name, now);
        return database.Write(session =>
        {
            session.LockAuthorities();
            var trusted = InForce(session.Authorities());
            // Another node was faster.
            if (trusted is [.., var newest] && suffices(newest))
                return newest;
            var kept = 0;
            foreach (var authority in trusted)
            {
                if (session.CountHeld(authority.Id, now) > 0)
                    kept++;
                else
                    session.Save(authority with { Retired = now });
            }

            if (kept >= MostTrusted)
            {
                throw RequestException.Conflict("authority", trusted[^1].Id.ToString(CultureInfo.InvariantCulture),
                    "a new one while at most one other is trusted; release the phones of the oldest first (DELETE /api/devices/{mac}/secure-mode)");
            }

            var added = made with { Id = session.NextAuthorityId() };
            session.Save(added);
            return added;
        });
    }

    private X509Certificate2 Parsed(AuthorityRecord authority) =>
        parsed.GetOrAdd(authority.Thumbprint, static (_, bytes) => X509CertificateLoader.LoadCertificate(bytes), authority.Certificate);

    /// <summary>A certificate that ends with its authority cannot be made to last longer.</summary>
    private static bool IsNearEnd(PortCertificate certificate, AuthorityRecord signer, DateTimeOffset now) =>
        certificate.NotAfter - now < PortSpare && (certificate.NotAfter < signer.NotAfter || certificate.NotAfter <= now);

    private static string Held(long count) => string.Create(CultureInfo.InvariantCulture,
        $"an authority of which no phone holds a certificate; {count} do (GET /api/secure-mode/certificates)");

    /// <summary>Authorities of one name would be confused by whoever looks for the issuer by its name.</summary>
    private static string DefaultName() => $"OpenStage provisioning authority {RandomNumberGenerator.GetHexString(8)}";
}
