using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Harness.Reports;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Harness.Captures;

/// <summary>
/// A pcapng file of the exchanges of a case, which Wireshark opens decrypted. It is rebuilt from the masked exchanges: what
/// really went over the wire has secrets in it, and its keys are gone.
/// </summary>
public sealed class CaptureFile
{
    /// <summary>What the section comment of every file says.</summary>
    public const string Comment =
        "Rebuilt from the masked HTTP exchanges of a conformance case; no packet of it was on a wire. Secrets are replaced by ***, "
        + "Content-Length is that of the masked body, times are those of the lab's clock. HTTPS is in a TLS 1.2 session made for this file, "
        + "whose keys are embedded; the version on the wire is told at the first packet of each connection.";

    /// <summary>
    /// Ports by which Wireshark knows HTTP. That of contact-me it takes for a game's, unless the other side has one of these
    /// that is lower, and it did not see the handshake. So contact-me, of which the lab keeps no port, comes from one of them.
    /// </summary>
    private static readonly int[] HttpPorts = [8080, 3128, 3132, 5985, 80];

    /// <summary>It proves nothing: a handshake has to show one.</summary>
    private static readonly Lazy<X509Certificate2> Certificate = new(() => ServerCertificate.Make(IPAddress.Loopback, DateTimeOffset.UnixEpoch));

    private readonly List<(TimeSpan At, byte[] Packet, string Comment)> packets = [];
    private readonly Dictionary<ExchangeEntry, Connection> connections = new(ReferenceEqualityComparer.Instance);
    private readonly int seed;
    private TimeSpan clock;

    private CaptureFile(int seed) => this.seed = seed;

    /// <summary>The file of these exchanges, the same for the same seed but for the certificate, which each process makes.</summary>
    /// <param name="startedAt">What offsets count from.</param>
    public static byte[] Write(IReadOnlyList<ExchangeEntry> exchanges, DateTimeOffset startedAt, int seed)
    {
        ArgumentNullException.ThrowIfNull(exchanges);
        var capture = new CaptureFile(seed);
        var all = capture.Connect(exchanges);
        foreach (var (at, exchange, isRequest) in capture.Events(exchanges))
            capture.Play(at, exchange, isRequest);

        var writer = new PcapngWriter("OpenStage provisioning test harness", Comment);
        var keys = string.Concat(all.Select(connection => connection.Tls?.KeyLog));
        if (keys.Length > 0)
            writer.AddTlsKeys(keys);
        foreach (var (at, packet, comment) in capture.packets)
            writer.AddPacket(startedAt + at, packet, comment);
        return writer.ToArray();
    }

    /// <summary>Requests and responses in the order in which they went over the wire.</summary>
    private IEnumerable<(TimeSpan At, ExchangeEntry Exchange, bool IsRequest)> Events(IReadOnlyList<ExchangeEntry> exchanges)
    {
        var sorted = exchanges.OrderBy(exchange => exchange.OffsetMilliseconds).ToList();
        return sorted
            .SelectMany((exchange, place) => new[]
            {
                (At: TimeSpan.FromMilliseconds(exchange.OffsetMilliseconds), Exchange: exchange, IsRequest: true),
                (At: TimeSpan.FromMilliseconds(End(exchange, sorted.Skip(place + 1))), Exchange: exchange, IsRequest: false),
            })
            // Stable: of what happened at the same time, a request comes before its response and both before the next exchange.
            .OrderBy(happened => happened.At);
    }

    /// <summary>
    /// When the response came, in milliseconds. A duration is real time even where the lab's clock stands still: it must not
    /// reach into what came after on the same connection, or at the same moment of that clock.
    /// </summary>
    private double End(ExchangeEntry exchange, IEnumerable<ExchangeEntry> later)
    {
        var (start, end) = (exchange.OffsetMilliseconds, exchange.OffsetMilliseconds + exchange.DurationMilliseconds);
        var next = later.TakeWhile(other => other.OffsetMilliseconds < end).FirstOrDefault(other => other.OffsetMilliseconds <= start || connections[other] == connections[exchange]);
        return next?.OffsetMilliseconds ?? end;
    }

    /// <summary>Gives each exchange its connection: the same one as long as both ends are the same and it was not closed.</summary>
    private List<Connection> Connect(IReadOnlyList<ExchangeEntry> exchanges)
    {
        var all = new List<Connection>();
        var open = new Dictionary<(string, string), Connection>();
        foreach (var exchange in exchanges.OrderBy(exchange => exchange.OffsetMilliseconds))
        {
            var key = (exchange.Client, exchange.Server);
            if (!IPEndPoint.TryParse(exchange.Client, out _) || !open.TryGetValue(key, out var connection))
            {
                connection = Make(exchange, all.Count + 1);
                all.Add(connection);
            }

            connections[exchange] = open[key] = connection;
            connection.Left++;
            if (exchange.Status is null || IsClosed(exchange.RequestHeaders) || IsClosed(exchange.ResponseHeaders))
                open.Remove(key);
        }

        return all;
    }

    private static bool IsClosed(IReadOnlyList<HeaderEntry> headers) => headers.Any(header =>
        header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value.Contains("close", StringComparison.OrdinalIgnoreCase));

    private Connection Make(ExchangeEntry exchange, int number)
    {
        var random = new SeededBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {number}"));
        var server = EndPoint(exchange.Server, IPAddress.Loopback, exchange.TlsVersion.Length > 0 ? 443 : 80);
        // Another address when the ports are used up, so that no two connections look like one.
        var own = new IPAddress([127, 0, (byte)(number / HttpPorts.Length / 250), (byte)((number / HttpPorts.Length % 250) + 1)]);
        var client = EndPoint(exchange.Client, own, HttpPorts[number % HttpPorts.Length]);
        if (client.AddressFamily != server.AddressFamily)
            (client, server) = (new IPEndPoint(client.Address.MapToIPv6(), client.Port), new IPEndPoint(server.Address.MapToIPv6(), server.Port));
        return new Connection(
            new TcpPackets(client, server, random, (packet, comment) =>
            {
                packets.Add((clock, packet, comment));
                clock += TimeSpan.FromMicroseconds(1);
            }),
            exchange.TlsVersion.Length > 0 ? new TlsSession(random, Certificate.Value) : null,
            exchange.TlsVersion,
            hasHandshake: exchange.TlsVersion.Length > 0 || IPEndPoint.TryParse(exchange.Client, out _));
    }

    /// <summary>The end of a connection; a port of its own where only the name of the side is known.</summary>
    private static IPEndPoint EndPoint(string text, IPAddress address, int port) =>
        !IPEndPoint.TryParse(text, out var known) ? new IPEndPoint(address, port) : known.Port == 0 ? new IPEndPoint(known.Address, port) : known;

    private void Play(TimeSpan at, ExchangeEntry exchange, bool isRequest)
    {
        var connection = connections[exchange];
        if (at > clock)
            clock = at;
        if (isRequest)
        {
            connection.Open();
            connection.Send(true, HttpBytes.Request(exchange), exchange.RequestLabel);
            return;
        }

        connection.Left--;
        if (exchange.Status is null)
            connection.Tcp.Abort($"No answer came. {exchange.Error}".Trim());
        else
            connection.Send(false, HttpBytes.Response(exchange), exchange.ResponseLabel);
        if (connection.Left == 0 && exchange.Status is not null)
            connection.Close();
    }

    private sealed class Connection(TcpPackets tcp, TlsSession? tls, string version, bool hasHandshake)
    {
        private bool isOpen;

        public TcpPackets Tcp => tcp;

        public TlsSession? Tls => tls;

        /// <summary>Exchanges to come on it.</summary>
        public int Left { get; set; }

        public void Open()
        {
            if (isOpen)
                return;
            isOpen = true;
            if (hasHandshake)
                tcp.Open(version.Length > 0 ? $"On the wire this connection was {version}." : "");
            foreach (var (fromClient, bytes) in tls?.Open() ?? [])
                tcp.Send(fromClient, bytes);
        }

        public void Send(bool fromClient, byte[] bytes, string comment) => tcp.Send(fromClient, tls?.Data(fromClient, bytes) ?? bytes, comment);

        public void Close()
        {
            if (tls is not null)
            {
                tcp.Send(true, tls.Close(true));
                tcp.Send(false, tls.Close(false));
            }

            tcp.Close(byClient: true);
        }
    }
}
