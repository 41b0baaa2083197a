using System.Net;
using OpenStage.Server.Jobs;

namespace OpenStage.Server;

/// <summary>Configuration of a provisioning server; everything has a default.</summary>
public sealed record ServerOptions
{
    /// <summary>Folder of database and certificate. Default <c>server-data</c> in the working folder.</summary>
    public string DataFolder { get; init; } = "server-data";

    /// <summary>
    /// Connection string of a PostgreSQL database that several nodes may share, such as
    /// <c>Host=10.1.2.5;Database=openstage;Username=openstage;Password=…</c>; null for a SQLite file in the data folder.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>File of the key that the store is sealed with, the same for all nodes; null for <c>server.key</c> in the data folder.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Address both listeners bind to. Default 127.0.0.1: a server that phones shall reach needs its network's address.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port for phones, 0 to 65535, 0 for any free one. Default 18443 (WPI guide p.12).</summary>
    public int PhonePort { get; init; } = 18443;

    /// <summary>
    /// Port for phones in Secure Mode, where phone and server show each other certificates, 0 to 65535, 0 for any
    /// free one, null for none. Default 18444 (p.12, p.64).
    /// </summary>
    public int? SecurePort { get; init; } = 18444;

    /// <summary>How long the certificates of phones are valid, 1 day to 20 years, unless their authority ends before. Default 10 years.</summary>
    public TimeSpan ClientCertificateLifetime { get; init; } = TimeSpan.FromDays(3652);

    /// <summary>Address the administration listens on. Default 127.0.0.1, whatever the phones use.</summary>
    public IPAddress AdminAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port for administration, 0 to 65535, 0 for any free one. Default 8080.</summary>
    public int AdminPort { get; init; } = 8080;

    /// <summary>
    /// PFX file without a password, with the certificate of the administration; null for HTTP. The administration is
    /// reached by the names in the certificate, too, not only by address.
    /// </summary>
    public string? AdminCertificate { get; init; }

    /// <summary>Allows the administration on an address that others reach, without HTTPS. Default false: passwords would cross the network in clear.</summary>
    public bool AllowClearAdmin { get; init; }

    /// <summary>How long the audit log is kept, 1 to 3650 days. Default 365 days.</summary>
    public TimeSpan AuditRetention { get; init; } = TimeSpan.FromDays(365);

    /// <summary>
    /// Plain HTTP port on <see cref="ListenAddress"/> that phones behind NAT poll (WPI guide p.15, p.24), 0 to 65535, 0 for
    /// any free one; null, the default, for none.
    /// </summary>
    public int? PollPort { get; init; }

    /// <summary>Paths that phones may post to; the first is the one real phones use (field), the second the guide's (p.14).</summary>
    public IReadOnlyList<string> PhonePaths { get; init; } = ["/DeploymentService/LoginService", "/provisioningService"];

    /// <summary>
    /// Accepts TLS 1.0 and 1.1, for old firmware. Default false. OpenSSL 3 refuses both all the same, unless the process
    /// runs with an OpenSSL configuration (environment variable OPENSSL_CONF) whose system default section sets
    /// <c>MinProtocol = TLSv1</c> and <c>CipherString = DEFAULT@SECLEVEL=0</c>.
    /// </summary>
    public bool AllowTls10 { get; init; }

    /// <summary>Least time between two call-backs, 0 to 1 day; null means what the phone says in <c>dls-contact-interval</c>, else 300 s.</summary>
    public TimeSpan? ContactGap { get; init; }

    /// <summary>
    /// Least time between two contact-me to one phone, 1 s to 1 h. Default 60 s: more may crash old phones (field). After
    /// two, three, four contact-me that brought no call it is 2, 5, 15 times as long.
    /// </summary>
    public TimeSpan ContactInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for a phone to answer a contact-me, 1 s to 5 min. Default 10 s.</summary>
    public TimeSpan ContactTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a contacted phone to call, 1 s to 1 h. Default 30 s.</summary>
    public TimeSpan CallBackTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Networks that contact-me requests and scans may go to; a host name is resolved first, and the address that was
    /// checked is the one connected to. Default null: contact-me goes to the address the phone called from alone, and
    /// scans to private and loopback networks.
    /// </summary>
    public IReadOnlyList<IPNetwork>? ContactNetworks { get; init; }

    /// <summary>
    /// Allows contact-me to any other host than the one the phone called from, unless <see cref="ContactNetworks"/> says
    /// which. Default false, because the address comes from the phone: with true and no networks, whoever can post a
    /// message can make the server send requests anywhere.
    /// </summary>
    public bool AllowForeignContactAddress { get; init; }

    /// <summary>Sent as dls_ip_addr with the phone port in each contact-me (p.14); null means that phones call where they are told to otherwise.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>Time between two messages of an interaction, 1 s to 1 h. Default 60 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After busy, phones before V3R3 are asked again after this time, 1 s to 1 day. Default 5 min (p.46).</summary>
    public TimeSpan BusyRetryInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Phones from V3R3 on that do not call when idle are contacted after this time, 1 s to 7 days. Default 1 h.</summary>
    public TimeSpan IdleCallTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time for a restarted phone to send start-up, 1 s to 1 day. Default 10 min.</summary>
    public TimeSpan StartUpTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time for a phone to report on files before it is asked which it has, 1 s to 1 day. Default 5 min (p.52-55).</summary>
    public TimeSpan StatusTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time for a phone to start with new software, 1 s to 1 day. Default 30 min (p.56).</summary>
    public TimeSpan SoftwareTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Time for a phone to call on the secure port, 1 s to 30 days. Default 24 h, for a person may have to enter a PIN (p.67).</summary>
    public TimeSpan SecureModeTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a job may take before it expires, 1 s to 365 days. Default 7 days.</summary>
    public TimeSpan JobLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Attempts of a job that may break off, because phone or node went away, before it is failed, 1 to 100. Default 3.</summary>
    public int JobAttempts { get; init; } = Job.DefaultMaxAttempts;

    /// <summary>Time for exchanges under way to end when the server is stopped, 0 to 5 min. Default 10 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most bytes a message, 1024 to 1,048,576. Default 50 kB (p.69).</summary>
    public int MaxMessageBytes { get; init; } = 50 * 1024;

    /// <summary>Most bytes a file of the library, 1024 to 4,294,967,296. Default 256 MB.</summary>
    public long MaxFileBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes a second that a phone must take of an answer, 1 to 1,048,576; a slower one is cut off. Default 2048.</summary>
    public int LeastDownloadRate { get; init; } = 2048;

    /// <summary>
    /// Most interactions that are open on this node at a time, 1 to 100,000. Default 20,000; a phone that begins one more is
    /// answered CleanUp with <c>overload</c> and comes back later (field).
    /// </summary>
    public int MaxInteractions { get; init; } = 20_000;

    /// <summary>Most connections of phones at a time, 1 to 1,000,000. Default 20,000; one more is closed at once.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Time for the head of a request to arrive, 1 s to 5 min. Default 15 s.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time that the body of a request may take at any rate, 1.5 s to 5 min. Default 5 s.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Least bytes a second of a body after <see cref="BodyGrace"/>, 1 to 1,000,000. Default 240.</summary>
    public int MinBodyRate { get; init; } = 240;

    /// <summary>
    /// Wraps each answer in an XML signature, with SHA-1 and the key of the server's certificate, as the maker's service
    /// does (field). Default false: phones take answers without (field). Some systems forbid SHA-1; the start tells.
    /// </summary>
    public bool SignAnswers { get; init; }

    /// <summary>
    /// Base address of a redirect service that phones with <c>rps</c> are registered with, http or https without query;
    /// null for none. Each phone is put to <c>{RedirectService}/{mac}</c>.
    /// </summary>
    public Uri? RedirectService { get; init; }

    /// <summary>Bearer token for the redirect service; null for none.</summary>
    public string? RedirectToken { get; init; }

    /// <summary>Time for the redirect service to answer, 1 s to 5 min. Default 10 s.</summary>
    public TimeSpan RedirectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Folder that gets every exchange, masked, as JSON lines; null for none.</summary>
    public string? TranscriptFolder { get; init; }

    /// <summary>
    /// Plays start-up sessions of phones that do not exist beside the first seconds of the service, so that a site whose
    /// phones then all come at once is not served by code that is yet to be compiled. Default true; the command alone does it.
    /// </summary>
    public bool Rehearse { get; init; } = true;
}
