using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using OpenStage.Protocol.SecureMode;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Wire;

/// <summary>
/// The phone's HTTPS side: posts messages from the phone's own address and takes the answers. It writes HTTP itself, as
/// the order, spelling and faults of headers and bytes are part of what is emulated.
/// </summary>
internal sealed class PhoneClient(IPAddress? source, string mac, TimeProvider time, IExchangeLog? log) : IDisposable
{
    /// <summary>Real time for the service to answer.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly long started = time.GetTimestamp();
    private PhoneConnection? connection;
    private PhoneTrust trust = PhoneTrust.Nobody;
    private long sequence;

    /// <summary>Secure Mode from the next connection on, or Default Mode for null.</summary>
    public void Trust(SecureModeData? data)
    {
        trust.Dispose();
        trust = data is null ? PhoneTrust.Nobody : new PhoneTrust(data);
        Close();
    }

    /// <summary>Posts; never throws for what the service or the network does.</summary>
    public async Task<PhoneEvent> PostAsync(PhoneEffect.Post post, CancellationToken cancellation)
    {
        var happened = await SendOnceAsync(post, cancellation);
        if (post.Delivery.Twice)
            await SendOnceAsync(post, cancellation);
        return happened;
    }

    /// <summary>Asks a poll address whether something waits (WPI guide p.15, p.24).</summary>
    public async Task<PhoneEvent> PollAsync(Uri address, CancellationToken cancellation)
    {
        var exchange = Begin(ExchangeKind.Poll, "GET", address, [new HttpHeader("Host", address.Authority)], default);
        var begun = Stopwatch.GetTimestamp();
        PhoneConnection? own = null;
        try
        {
            using var limit = Limit(cancellation);
            own = await PhoneConnection.OpenAsync(source, address, trust, limit.Token);
            var answer = await own.SendAsync(Head(exchange), default, Delivery.Plain, limit.Token);
            Keep(exchange, begun, own, answer, null);
            return new PhoneEvent.Polled(answer.Status);
        }
        catch (Exception broken) when (IsOfWire(broken))
        {
            Keep(exchange, begun, own, null, Reason(broken));
            return new PhoneEvent.Polled(null);
        }
        finally
        {
            own?.Dispose();
        }
    }

    /// <summary>Drops the connection with its TLS session (WPI guide p.31).</summary>
    public void Close()
    {
        var old = Interlocked.Exchange(ref connection, null);
        if (old is not null)
            _ = old.CloseAsync();
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref connection, null)?.Dispose();
        trust.Dispose();
    }

    private async Task<PhoneEvent> SendOnceAsync(PhoneEffect.Post post, CancellationToken cancellation)
    {
        var exchange = Begin(ExchangeKind.Message, post.Method, post.Server, post.Headers, post.Body);
        var head = Head(exchange);
        var begun = Stopwatch.GetTimestamp();
        PhoneConnection? used = null;
        try
        {
            using var limit = Limit(cancellation);
            var old = Interlocked.Exchange(ref connection, null);
            if (old is not null && old.Server.Authority != post.Server.Authority)
            {
                await old.CloseAsync();
                old = null;
            }

            used = old ?? await PhoneConnection.OpenAsync(source, post.Server, trust, limit.Token);
            WireAnswer answer;
            try
            {
                answer = await used.SendAsync(head, post.Body, post.Delivery, limit.Token);
            }
            catch (IOException) when (old is not null && !used.AnswerBegun && !post.Delivery.Cut)
            {
                // The service had closed the kept connection meanwhile (keep-alive timeout, p.12).
                used.Dispose();
                used = await PhoneConnection.OpenAsync(source, post.Server, trust, limit.Token);
                answer = await used.SendAsync(head, post.Body, post.Delivery, limit.Token);
            }

            Keep(exchange, begun, used, answer, null);
            if (answer.Keeps && !post.Delivery.CloseAfter)
                connection = used;
            else
                await used.CloseAsync();
            return new PhoneEvent.Answer(answer.Status, [.. answer.Headers.Where(header => header.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)], answer.Chunked, answer.Body);
        }
        catch (Exception broken) when (IsOfWire(broken))
        {
            used?.Dispose();
            Keep(exchange, begun, used, null, Reason(broken));
            return new PhoneEvent.Undelivered(Reason(broken));
        }
    }

    private HttpExchange Begin(ExchangeKind kind, string method, Uri address, IReadOnlyList<HttpHeader> headers, ReadOnlyMemory<byte> body) => new()
    {
        Sequence = Interlocked.Increment(ref sequence),
        Kind = kind,
        Mac = mac,
        Offset = time.GetElapsedTime(started),
        Client = source?.ToString() ?? "",
        Server = address.Authority,
        Method = method,
        Target = address.PathAndQuery,
        RequestHeaders = headers,
        RequestBody = body,
    };

    private static byte[] Head(HttpExchange exchange)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{exchange.Method} {exchange.Target} HTTP/1.1\r\n");
        foreach (var header in exchange.RequestHeaders)
            head.Append(CultureInfo.InvariantCulture, $"{header.Name}: {header.Value}\r\n");
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private void Keep(HttpExchange exchange, long begun, PhoneConnection? used, WireAnswer? answer, string? error) => log?.Add(exchange with
    {
        Duration = Stopwatch.GetElapsedTime(begun),
        TlsVersion = used?.TlsVersion ?? "",
        Status = answer?.Status,
        ResponseHeaders = answer?.Headers ?? [],
        ResponseBody = answer?.Body ?? [],
        Error = error ?? "",
    });

    private static CancellationTokenSource Limit(CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        return limit;
    }

    private static bool IsOfWire(Exception broken) =>
        broken is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException or CryptographicException;

    private static string Reason(Exception broken) => broken is OperationCanceledException
        ? $"no answer within {AnswerLimit.TotalSeconds:0} s"
        : broken.InnerException?.Message ?? broken.Message;
}
