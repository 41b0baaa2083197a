using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Wire;

/// <summary>The phone's HTTPS side: posts a message from the phone's own address and takes the answer.</summary>
internal sealed class PhoneClient(IPAddress? source, string mac, TimeProvider time, IExchangeLog? log) : IDisposable
{
    /// <summary>Real time for the service to answer.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly long started = time.GetTimestamp();
    private HttpMessageInvoker? connection;
    private string tlsVersion = "";
    private long sequence;

    /// <summary>Posts; never throws for what the service or the network does.</summary>
    public async Task<PhoneEvent> PostAsync(PhoneEffect.Post post, CancellationToken cancellation)
    {
        var begun = time.GetElapsedTime(started);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var exchange = new HttpExchange
        {
            Sequence = Interlocked.Increment(ref sequence),
            Kind = ExchangeKind.Message,
            Mac = mac,
            Offset = begun,
            Client = source?.ToString() ?? "",
            Server = post.Server.Authority,
            Method = post.Method,
            Target = post.Server.PathAndQuery,
            RequestHeaders = [new HttpHeader("Host", post.Server.Authority), .. post.Headers, new HttpHeader("Content-Length", post.Body.Length.ToString(CultureInfo.InvariantCulture))],
            RequestBody = post.Body,
        };
        PhoneEvent happened;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(AnswerLimit);
            (happened, exchange) = await SendAsync(post, exchange, limit.Token);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            var reason = broken is OperationCanceledException ? $"no answer within {AnswerLimit.TotalSeconds:0} s" : broken.InnerException?.Message ?? broken.Message;
            exchange = exchange with { Error = reason };
            happened = new PhoneEvent.Undelivered(reason);
        }

        log?.Add(exchange with { Duration = watch.Elapsed, TlsVersion = tlsVersion });
        return happened;
    }

    /// <summary>Drops the connection with its TLS session (WPI guide p.31).</summary>
    public void Close()
    {
        connection?.Dispose();
        connection = null;
    }

    public void Dispose() => Close();

    private async Task<(PhoneEvent Happened, HttpExchange Exchange)> SendAsync(PhoneEffect.Post post, HttpExchange exchange, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(post.Method), post.Server) { Content = new ReadOnlyMemoryContent(post.Body) };
        request.Headers.ConnectionClose = post.CloseAfter ? true : null;
        foreach (var header in post.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        connection ??= Connect();
        using var response = await connection.SendAsync(request, cancellation);
        var body = await ReadAsync(response, cancellation);
        exchange = exchange with
        {
            Status = (int)response.StatusCode,
            ResponseHeaders = [.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).SelectMany(header => header.Value.Select(value => new HttpHeader(header.Key, value)))],
            ResponseBody = body,
        };
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var values) ? values.ToList() : [];
        return (new PhoneEvent.Answer((int)response.StatusCode, cookies, response.Headers.TransferEncodingChunked == true, body), exchange);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            body.Write(buffer, 0, read);
            // One byte more than the reader takes, so that it says what is wrong.
            if (body.Length > MessageLimits.HardMaxBytes)
                break;
        }

        return body.ToArray();
    }

    private HttpMessageInvoker Connect() => new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        MaxResponseHeadersLength = 16,
        SslOptions = new SslClientAuthenticationOptions
        {
            // WPI guide p.12: in Default Mode the phone does not authenticate the service.
#pragma warning disable CA5359
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        },
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                if (source is not null)
                    socket.Bind(new IPEndPoint(source, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        PlaintextStreamFilter = (context, _) =>
        {
            tlsVersion = context.PlaintextStream is SslStream tls ? tls.SslProtocol.ToString() : "";
            return ValueTask.FromResult(context.PlaintextStream);
        },
    });
}
