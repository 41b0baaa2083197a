using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Harness.Recording;

/// <summary>
/// Sits between one phone and its service. TLS ends on both sides; contact-me goes through it too, as it puts its own
/// address into contact-me-uri on the way to the service. What is kept is what the phone said, secrets masked.
/// </summary>
public sealed partial class RecordingProxy : IAsyncDisposable
{
    private readonly RecordingOptions options;
    private readonly TimeProvider time;
    private readonly Action<HttpExchange>? seen;
    private readonly SslStreamCertificateContext certificate;
    private readonly TcpListener phones;
    private readonly TcpListener contacts;
    private readonly RecordingBuilder builder = new();
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly long started;
    private long sequence;
    private Uri? phone;

    private RecordingProxy(RecordingOptions options, TimeProvider time, Action<HttpExchange>? seen)
    {
        this.options = options;
        certificate = SslStreamCertificateContext.Create(ServerCertificate.Make(options.Listen.Address, time.GetUtcNow()), additionalCertificates: null, offline: true);
        this.time = time;
        this.seen = seen;
        started = time.GetTimestamp();
        phones = Listen(options.Listen, "--listen");
        contacts = Listen(options.ContactListen, "--contact-listen");
    }

    /// <summary>Where the phone has to be pointed to.</summary>
    public Uri Url => new($"https://{phones.LocalEndpoint}{options.Server.AbsolutePath.TrimEnd('/')}");

    /// <summary>Where the service's contact-me requests come in.</summary>
    public Uri ContactMeUri => new($"http://{contacts.LocalEndpoint}/contact_dls.html/ContactDLS");

    /// <summary>The recording so far, or null before the phone has said what it is.</summary>
    public Protocol.Recordings.Recording? Recording
    {
        get
        {
            lock (gate)
                return builder.Recording;
        }
    }

    /// <summary>Starts to listen, with a certificate of its own: in Default Mode the phone takes any.</summary>
    /// <param name="seen">Told of each exchange, unmasked.</param>
    /// <exception cref="IOException">A port is in use, or an address is none of this machine's; the message names the option.</exception>
    public static RecordingProxy Start(RecordingOptions options, TimeProvider time, Action<HttpExchange>? seen = null)
    {
        var proxy = new RecordingProxy(options, time, seen);
        _ = proxy.AcceptAsync(proxy.phones, proxy.ServePhoneAsync);
        _ = proxy.AcceptAsync(proxy.contacts, proxy.ServeContactAsync);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        phones.Dispose();
        contacts.Dispose();
        certificate.TargetCertificate.Dispose();
        stop.Dispose();
    }

    private static TcpListener Listen(IPEndPoint endPoint, string option)
    {
        // Phone and service are told this address, so it has to be one that they can call.
        if (endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any))
            throw new IOException($"{option} '{endPoint}' is not allowed; allowed is one address of this machine, such as 127.0.0.1:{endPoint.Port}.");
        var listener = new TcpListener(endPoint);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException broken)
        {
            listener.Dispose();
            throw new IOException($"{option} {endPoint}: {broken.Message}. Allowed is an address of this machine with a port that nobody has.", broken);
        }
    }

    private async Task AcceptAsync(TcpListener listener, Func<Stream, Task> serve)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stop.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or InvalidOperationException or SocketException)
            {
                return;
            }

            _ = ServeAsync(client, serve);
        }
    }

    private static async Task ServeAsync(TcpClient client, Func<Stream, Task> serve)
    {
        try
        {
            using (client)
                await serve(client.GetStream());
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // One side went away; the exchange, if there was one, is in the recording without an answer.
        }
    }

    private async Task ServePhoneAsync(Stream plain)
    {
        await using var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate }, stop.Token);
        await using var service = new ServiceSide(options.Server);
        while (await HttpSide.ReadAsync(tls, stop.Token) is { } request)
        {
            var begun = time.GetTimestamp();
            var answer = await service.AskAsync(request with { Body = Readdressed(request.Body) }, stop.Token);
            Keep(ExchangeKind.Message, begun, request, answer);
            if (answer is null)
                return;
            await tls.WriteAsync(HttpSide.Write(answer), stop.Token);
            if (!HttpSide.Keeps(request) || !HttpSide.Keeps(answer) || !HttpSide.IsDelimited(answer))
                return;
        }
    }

    /// <summary>The message with the proxy's address where the phone wrote its own for contact-me.</summary>
    private byte[] Readdressed(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        var match = ContactMeItem().Match(text);
        if (!match.Success)
            return body;
        if (Uri.TryCreate(match.Groups[2].Value.Trim(), UriKind.Absolute, out var own) && own.Scheme == Uri.UriSchemeHttp)
            phone = own;
        return Encoding.Latin1.GetBytes(text[..match.Groups[2].Index] + ContactMeUri + text[(match.Groups[2].Index + match.Groups[2].Length)..]);
    }

    private async Task ServeContactAsync(Stream stream)
    {
        if (await HttpSide.ReadAsync(stream, stop.Token) is not { } request)
            return;
        var begun = time.GetTimestamp();
        var answer = phone is { } target ? await AskPhoneAsync(target, request) : null;
        Keep(ExchangeKind.ContactMe, begun, request, answer);
        await stream.WriteAsync(answer is null ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : HttpSide.Write(answer), stop.Token);
    }

    private async Task<RawMessage?> AskPhoneAsync(Uri target, RawMessage request)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(target.DnsSafeHost, target.Port, stop.Token);
            var here = (IPEndPoint)phones.LocalEndpoint;
            string Sent(string text) => Port().Replace(Address().Replace(text, $"dls_ip_addr={here.Address}"), $"dls_ip_port={here.Port}");
            var line = request.FirstLine.Split(' ', 3);
            var query = line[1].IndexOf('?', StringComparison.Ordinal);
            var sent = new RawMessage(
                $"{line[0]} {target.AbsolutePath}{(query < 0 ? "" : Sent(line[1][query..]))} HTTP/1.1",
                [.. request.Headers.Select(header => header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? header with { Value = target.Authority } : header)],
                Encoding.Latin1.GetBytes(Sent(Encoding.Latin1.GetString(request.Body))));
            await client.GetStream().WriteAsync(HttpSide.Write(sent), stop.Token);
            return await HttpSide.ReadAnswerAsync(client.GetStream(), stop.Token);
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            return null;
        }
    }

    private void Keep(ExchangeKind kind, long begun, RawMessage request, RawMessage? answer)
    {
        var exchange = new HttpExchange
        {
            Sequence = Interlocked.Increment(ref sequence),
            Kind = kind,
            Offset = time.GetElapsedTime(started, begun),
            Duration = time.GetElapsedTime(begun),
            Method = request.Word(0),
            Target = request.Word(1),
            RequestHeaders = request.Headers,
            RequestBody = request.Body,
            Status = answer is not null && int.TryParse(answer.Word(1), CultureInfo.InvariantCulture, out var status) ? status : null,
            ResponseHeaders = answer?.Headers ?? [],
            ResponseBody = answer?.Body ?? [],
        };
        lock (gate)
            builder.Add(exchange);
        seen?.Invoke(exchange);
    }

    [GeneratedRegex("""(<Item[^>]*\bname\s*=\s*["']contact-me-uri["'][^>/]*>)([^<]*)""")]
    private static partial Regex ContactMeItem();

    [GeneratedRegex("dls_ip_addr=[^&]*")]
    private static partial Regex Address();

    [GeneratedRegex("dls_ip_port=[^&]*")]
    private static partial Regex Port();
}
