using System.Globalization;
using System.Security.Cryptography;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;
using OpenStage.Server.Admin;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.SecureMode;

/// <summary>Brings phones to Secure Mode and lets them go (WPI guide p.62-68).</summary>
/// <param name="port">The secure port, or null when there is none.</param>
internal sealed class SecureModeControl(Database database, TimeProvider time, Authority authority, JobQueue jobs, Func<int?> port)
{
    /// <summary>Digits of a PIN that the server makes up: nine for the password, three for the TAN.</summary>
    private const int MadeUpDigits = 9 + SecureModeData.TanLength;

    private const int RandomBytes = 28;
    private const int DefaultPinRetries = 3;

    /// <summary>Issues a certificate for a phone and creates the job that gives it to the phone, both or neither.</summary>
    /// <param name="mac">MAC address in normal form, of a phone that has called or will.</param>
    /// <exception cref="RequestException">Something in the request is not allowed, or the phone is in Secure Mode or on its way there.</exception>
    public async Task<BegunSecureMode> BeginAsync(string mac, NewSecureMode asked)
    {
        Check(asked);
        if (port() is not { } securePort)
            throw RequestException.Conflict("securePort", "off", "a server that runs with a secure port (option --secure-port)");
        database.Read(session => CheckPhone(session, mac));
        var (certificate, pkcs12) = authority.Issue(mac);
        var data = new SecureModeData
        {
            ClientCertificate = Convert.ToBase64String(pkcs12),
            Authorities = [.. authority.Trusted.Reverse().Select(Authority.Pem)],
            Port = securePort,
        };
        var pin = asked.Pin == true ? asked.PinValue ?? RandomNumberGenerator.GetString("0123456789", MadeUpDigits) : null;
        var (items, tan) = pin is null ? (WithoutPin(data), null) : WithPin(data, pin, asked.MaxPinRetries ?? DefaultPinRetries);
        var job = await jobs.CreateAsync(
            new JobRequest { Mac = mac, Kind = JobKind.SecureMode, Items = items, Bootstrapping = new Bootstrapping(certificate.Thumbprint, tan) },
            session => Store(session, certificate));
        return new BegunSecureMode(
            JobView.Of(job), ClientCertificateView.Of(certificate, null, time.GetUtcNow()), asked.PinValue is null ? pin : null);
    }

    /// <summary>
    /// Lets a phone go back to Default Mode, after a factory reset has made it forget its certificate: its certificates
    /// are revoked and the default port is open for it again.
    /// </summary>
    /// <returns>The certificates that were revoked.</returns>
    /// <exception cref="RequestException">The phone is not known, or neither in Secure Mode nor on its way there.</exception>
    public async Task<IReadOnlyList<ClientCertificateView>> ReleaseAsync(string mac)
    {
        var now = time.GetUtcNow();
        var open = database.Read(session => OpenJobs(session, mac));
        var revoked = database.Write(mac, session =>
        {
            var device = session.Device(mac);
            var held = session.ClientCertificates(mac).Where(certificate => certificate.Revoked is null).ToList();
            if (device is null && held.Count == 0)
                throw RequestException.NotFound("mac", mac, "the MAC address of a phone in /api/devices");
            if (device?.SecureMode is null && held.Count == 0 && open.Count == 0)
                throw RequestException.Conflict("mac", mac, "a phone that is in Secure Mode, or on its way there");
            if (device is { SecureMode: not null })
                session.Save(device with { SecureMode = null });
            return held.ConvertAll(certificate => Revoke(session, certificate, now));
        });
        await CancelAsync(open);
        return revoked.ConvertAll(certificate => ClientCertificateView.Of(certificate, null, now));
    }

    /// <summary>
    /// Revokes a certificate. A phone in Secure Mode with it is shut out on both ports until it is released; a job that
    /// was to bring it to the phone is cancelled.
    /// </summary>
    /// <exception cref="RequestException">There is none of this serial number.</exception>
    public async Task<ClientCertificateView> RevokeAsync(string serial)
    {
        var now = time.GetUtcNow();
        var known = database.Read(session => session.ClientCertificateOfSerial(serial.ToUpperInvariant()))
            ?? throw RequestException.NotFound("serial", serial, "the serial number of a certificate in /api/secure-mode/certificates");
        var revoked = database.Write(known.Mac, session => session.ClientCertificate(known.Thumbprint) is { Revoked: null } held
            ? Revoke(session, held, now)
            : session.ClientCertificate(known.Thumbprint)!);
        var open = database.Read(session => OpenJobs(session, known.Mac));
        await CancelAsync(open.Where(job => job.Bootstrapping?.Thumbprint == known.Thumbprint));
        return ClientCertificateView.Of(revoked, null, now);
    }

    /// <summary>The certificates that were issued, the latest first.</summary>
    /// <param name="mac">Of this phone only, in normal form.</param>
    public IReadOnlyList<ClientCertificateView> Certificates(string? mac, int skip, int top)
    {
        var now = time.GetUtcNow();
        return database.Read(session =>
        {
            var found = session.ClientCertificates(mac, skip, top);
            var used = found.Select(certificate => certificate.Mac).Distinct()
                .ToDictionary(phone => phone, phone => session.Device(phone)?.SecureMode?.Thumbprint);
            return found.Select(certificate => ClientCertificateView.Of(certificate, used[certificate.Mac], now)).ToList();
        });
    }

    /// <summary>All authorities there were, the oldest first.</summary>
    public IReadOnlyList<AuthorityView> Authorities()
    {
        var now = time.GetUtcNow();
        return database.Read(session =>
        {
            var all = session.Authorities();
            var issuing = Authority.InForce(all) is [.., var newest] ? newest : null;
            return all.Select(one => Authority.View(one, one == issuing, session.CountHeld(one.Id, now))).ToList();
        });
    }

    private static void Check(NewSecureMode asked)
    {
        if (asked.Pin is not { } hasPin)
            throw new RequestException("pin", "", "true or false");
        // Never the value itself: errors are written to logs.
        if (asked.PinValue is { } pin && !hasPin)
            throw new RequestException("pinValue", "one not shown here", "none when pin is false");
        if (asked.PinValue is { } value && (value.Length is < 4 or > 32 || value.Any(character => character is <= ' ' or > '~')))
        {
            throw new RequestException("pinValue", string.Create(CultureInfo.InvariantCulture, $"one of {value.Length} characters"),
                "4 to 32 letters, digits or signs of ASCII, without blanks");
        }

        if (asked.MaxPinRetries is not { } retries)
            return;
        if (!hasPin)
            throw new RequestException("maxPinRetries", retries.ToString(CultureInfo.InvariantCulture), "none when pin is false");
        if (retries is < 1 or > 10)
            throw new RequestException("maxPinRetries", retries.ToString(CultureInfo.InvariantCulture), "1 to 10");
    }

    /// <returns>True.</returns>
    private static bool CheckPhone(StoreSession session, string mac)
    {
        if (session.Device(mac)?.SecureMode is not null)
            throw RequestException.Conflict("mac", mac, "a phone in Default Mode; DELETE /api/devices/{mac}/secure-mode lets one go back to it");
        if (OpenJobs(session, mac) is [var job, ..])
        {
            throw RequestException.Conflict("mac", mac, string.Create(CultureInfo.InvariantCulture,
                $"a phone that is not on its way to Secure Mode; job {job.Id} brings this one there"));
        }

        return true;
    }

    private void Store(StoreSession session, ClientCertificate certificate)
    {
        CheckPhone(session, certificate.Mac);
        session.LockAuthorities();
        if (Authority.InForce(session.Authorities()) is not [.., var issuing] || issuing.Id != certificate.Authority)
            throw RequestException.Conflict("authority", certificate.Authority.ToString(CultureInfo.InvariantCulture), "an authority that is not replaced meanwhile; ask again");
        var now = time.GetUtcNow();
        // What an earlier, fruitless way to Secure Mode left.
        foreach (var left in session.ClientCertificates(certificate.Mac).Where(left => left.Revoked is null))
            Revoke(session, left, now);
        session.Save(certificate);
    }

    private static List<Job> OpenJobs(StoreSession session, string mac) =>
        [.. session.OpenJobs(mac).Where(job => job.Kind == JobKind.SecureMode)];

    private static ClientCertificate Revoke(StoreSession session, ClientCertificate certificate, DateTimeOffset now)
    {
        var revoked = certificate with { Revoked = now };
        session.Save(revoked);
        return revoked;
    }

    private async Task CancelAsync(IEnumerable<Job> open)
    {
        foreach (var job in open)
            await jobs.CancelAsync(job.Id);
    }

    /// <summary>WPI guide p.64.</summary>
    private static List<Item> WithoutPin(SecureModeData data) =>
    [
        new("goto-secure-mode", "nopin"),
        new("dls-client-certificate", data.ClientCertificate),
        .. data.Authorities.Select((pem, index) => new Item("dls-server-ca", pem, index)),
        new("dls-secure-port", data.Port.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>WPI guide p.65, p.67.</summary>
    private static (List<Item> Items, string Tan) WithPin(SecureModeData data, string pin, int retries)
    {
        SecureModeData.TrySplit(pin, out var password, out var tan);
        return (
        [
            new("goto-secure-mode", "pin"),
            new("secure-mode-data", data.Pack(password, RandomNumberGenerator.GetBytes(RandomBytes))),
            new("max-pin-retries", retries.ToString(CultureInfo.InvariantCulture)),
        ], tan);
    }
}
