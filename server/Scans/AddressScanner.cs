using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Wire;
using OpenStage.Server.ContactMe;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Scans;

/// <summary>The scans of this node, one at a time. They are not stored: a server that ends stops its scan.</summary>
internal sealed partial class AddressScanner : IDisposable
{
    private const int Kept = 20;
    private const string DevicePrefix = "device:";

    private readonly Lock gate = new();
    private readonly List<AddressScan> scans = [];
    private readonly Database database;
    private readonly ServerOptions options;
    private readonly ContactMeClient client;
    private readonly Func<int> phonePort;
    private readonly ContactPace pace;
    private readonly ScanParts parts;
    private long last;

    public AddressScanner(
        Database database, TimeProvider time, ServerOptions options, ContactMeClient client, Activity activity, Func<int> phonePort, ILogger logger)
    {
        this.database = database;
        this.options = options;
        this.client = client;
        this.phonePort = phonePort;
        pace = new ContactPace(database, time);
        parts = new ScanParts(time, pace, activity, SendAsync, (address, broken) => LogFailed(logger, address, broken));
        database.Changed += Look;
    }

    private AddressScan? Running
    {
        get
        {
            lock (gate)
                return scans.Find(scan => !scan.IsOver);
        }
    }

    /// <summary>Starts a scan.</summary>
    /// <exception cref="RequestException">What is asked for is not allowed, or a scan is under way.</exception>
    public AddressScan Start(NewScan asked)
    {
        var port = Number("port", asked.Port, ContactMeRequest.DefaultPort, 65_535);
        var perSecond = Number("perSecond", asked.PerSecond, 10, 50);
        var range = ScanRange.Of(asked, options.ContactNetworks);
        lock (gate)
        {
            if (Running is { } running)
            {
                var id = running.Id.ToString(CultureInfo.InvariantCulture);
                throw RequestException.Conflict("scan", id, $"one scan at a time; DELETE /api/scans/{id} stops this one");
            }

            pace.Refresh();
            var scan = new AddressScan(++last, range, port, perSecond, parts);
            scans.Add(scan);
            if (scans.Count > Kept)
            {
                scans[0].Dispose();
                scans.RemoveAt(0);
            }

            return scan;
        }
    }

    /// <summary>The latest 20 scans, the newest first.</summary>
    public IReadOnlyList<AddressScan> List()
    {
        lock (gate)
            return [.. scans.AsEnumerable().Reverse()];
    }

    public AddressScan? Get(long id) => List().FirstOrDefault(scan => scan.Id == id);

    public void Dispose()
    {
        database.Changed -= Look;
        foreach (var scan in List())
            scan.Dispose();
    }

    /// <summary>Tells the scan when a phone has called.</summary>
    private void Look(string topic)
    {
        if (!topic.StartsWith(DevicePrefix, StringComparison.Ordinal) || Running is not { } running)
            return;
        var mac = topic[DevicePrefix.Length..];
        // A contact-me brings a call with solicited (WPI guide p.41).
        if (database.Read(session => session.Device(mac)) is { LastCallBack: { } call } device && IPAddress.TryParse(device.Address, out var address))
            running.Called(ContactAddress.Plain(address), mac, call);
    }

    private Task<HttpExchange> SendAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var own = options.AdvertisedAddress ?? OwnAddress(address, port);
        return client.SendAsync(new ContactTarget(ContactAddress.Of(address, port), address),
            new ContactMeRequest(true, own, phonePort()), "", cancellation);
    }

    /// <summary>The address under which the other side sees this server.</summary>
    private string? OwnAddress(IPAddress address, int port)
    {
        if (!options.ListenAddress.Equals(IPAddress.Any) && !options.ListenAddress.Equals(IPAddress.IPv6Any))
            return options.ListenAddress.ToString();
        try
        {
            // Connecting a datagram socket sends nothing: the system only chooses the way.
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address, port);
            return (socket.LocalEndPoint as IPEndPoint)?.Address.ToString();
        }
        catch (SocketException)
        {
            // There is no way to it; the contact-me will say so.
            return null;
        }
    }

    private static int Number(string field, int? value, int usual, int most) => value is not { } number
        ? usual
        : number >= 1 && number <= most
            ? number
            : throw new RequestException(field, number.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"1 to {most}"));

    [LoggerMessage(2101, LogLevel.Error, "The scan of {Address} failed")]
    private static partial void LogFailed(ILogger logger, IPAddress address, Exception exception);
}
