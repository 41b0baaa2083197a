using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Telemetry;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.ContactMe;

/// <summary>Sends contact-me requests (WPI guide p.14-15), each on a connection of its own (field).</summary>
public sealed class ContactMeClient
{
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly TimeProvider time;
    private readonly TimeSpan timeout;
    private readonly ExchangeInspection inspection;
    private readonly ServerMetrics metrics;
    private readonly ServerTraces traces;

    internal ContactMeClient(TimeProvider time, TimeSpan timeout, ExchangeInspection inspection, ServerMetrics metrics, ServerTraces traces)
    {
        this.metrics = metrics;
        this.traces = traces;
        this.time = time;
        this.timeout = timeout;
        this.inspection = inspection;
    }

    /// <summary>
    /// Sends one POST, whatever the phone's contact gap says. Never throws for what the phone does: the exchange then has
    /// no status, or an error.
    /// </summary>
    public Task<HttpExchange> SendContactMeAsync(
        Uri target, ContactMeRequest request, string mac = "", CancellationToken cancellation = default) =>
        SendAsync(target, null, request, mac, cancellation);

    /// <summary>Sends one POST to an address that was checked, whatever the name in the URI resolves to. Redirections are not followed.</summary>
    internal Task<HttpExchange> SendAsync(ContactTarget target, ContactMeRequest request, string mac, CancellationToken cancellation) =>
        SendAsync(target.Uri, target.Address, request, mac, cancellation);

    private async Task<HttpExchange> SendAsync(
        Uri target, IPAddress? address, ContactMeRequest request, string mac, CancellationToken cancellation)
    {
        var body = Encoding.ASCII.GetBytes(request.ToForm());
        List<HttpHeader> headers =
        [
            new("Host", target.Authority),
            new("Content-Type", ContactMeRequest.ContentType),
            new("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture)),
            new("Connection", "close"),
        ];
        var head = $"POST {target.PathAndQuery} HTTP/1.1\r\n{string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n";
        var exchange = new HttpExchange
        {
            Sequence = inspection.NextSequence(),
            Kind = ExchangeKind.ContactMe,
            Mac = mac,
            Offset = inspection.Offset,
            Server = target.Authority,
            Method = "POST",
            Target = target.PathAndQuery,
            RequestHeaders = headers,
            RequestBody = body,
        };
        using var span = traces.ContactMe(mac);
        var begun = Stopwatch.GetTimestamp();
        exchange = await ExchangeAsync(target, address, [.. Encoding.ASCII.GetBytes(head), .. body], exchange, cancellation);
        exchange = exchange with { Duration = Stopwatch.GetElapsedTime(begun) };
        inspection.Add(exchange);
        metrics.ContactMe(exchange.Status);
        span?.SetTag("server.address", target.Host).SetTag("http.response.status_code", exchange.Status);
        if (exchange.Status != 204)
            span?.SetStatus(ActivityStatusCode.Error, exchange.Error);
        return exchange;
    }

    private async Task<HttpExchange> ExchangeAsync(
        Uri target, IPAddress? address, byte[] request, HttpExchange exchange, CancellationToken cancellation)
    {
        // Two limits: the lab's clock may stand still while a socket stays silent in real time.
        using var virtualLimit = new CancellationTokenSource(timeout, time);
        using var realLimit = new CancellationTokenSource(timeout);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(virtualLimit.Token, realLimit.Token, cancellation);
        try
        {
            using var client = new TcpClient();
            if (address is null)
                await client.ConnectAsync(target.Host.Trim('[', ']'), target.Port, limit.Token);
            else
                await client.ConnectAsync(address, target.Port, limit.Token);
            exchange = exchange with { Client = client.Client.LocalEndPoint?.ToString() ?? "" };
            await using var stream = await StreamAsync(client, target, limit.Token);
            if (stream is SslStream secured)
                exchange = exchange with { TlsVersion = secured.SslProtocol.ToString() };
            await stream.WriteAsync(request, limit.Token);
            var answer = await ReadAnswerAsync(stream, limit.Token);
            return Parse(answer, exchange);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return exchange with { Error = $"no complete answer within {timeout.TotalSeconds:0} s" };
        }
        catch (Exception broken) when (broken is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            return exchange with { Error = broken.Message };
        }
    }

    private static async Task<Stream> StreamAsync(TcpClient client, Uri target, CancellationToken cancellation)
    {
        var plain = client.GetStream();
        if (target.Scheme != Uri.UriSchemeHttps)
            return plain;

        // Phones have self-made certificates, and a contact-me carries no secret (field: HTTPS 443 works as well).
#pragma warning disable CA5359
        var secured = new SslStream(plain, leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = target.Host }, cancellation);
        return secured;
    }

    private static async Task<byte[]> ReadAnswerAsync(Stream stream, CancellationToken cancellation)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while (answer.Length < MaxAnswerBytes && !IsComplete(answer) && (read = await stream.ReadAsync(buffer, cancellation)) > 0)
            answer.Write(buffer, 0, read);
        return answer.ToArray();
    }

    private static bool IsComplete(MemoryStream answer)
    {
        var parsed = Parse(answer.ToArray(), null);
        if (parsed.Status is null)
            return false;
        if (parsed.Status is 204 or 304)
            return true;
        return HttpExchange.Header(parsed.ResponseHeaders, "Content-Length") is { } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && parsed.ResponseBody.Length >= length;
    }

    private static HttpExchange Parse(byte[] answer, HttpExchange? exchange)
    {
        exchange ??= new HttpExchange { Sequence = 0, Kind = ExchangeKind.ContactMe, Offset = default, Method = "", Target = "" };
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return exchange with { ResponseBody = answer, Error = answer.Length == 0 ? "no answer" : "the answer has no end of header" };
        var lines = Encoding.Latin1.GetString(answer, 0, end).Split("\r\n");
        var status = lines[0].Split(' ');
        var isHttp = status.Length > 1 && status[0].StartsWith("HTTP/", StringComparison.Ordinal)
            && int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return exchange with
        {
            Status = isHttp ? int.Parse(status[1], NumberStyles.None, CultureInfo.InvariantCulture) : null,
            Error = isHttp ? "" : "the answer is not HTTP",
            ResponseHeaders =
            [
                .. lines.Skip(1).Select(line => line.Split(':', 2))
                    .Select(parts => new HttpHeader(parts[0], parts.Length > 1 ? parts[1].Trim() : "")),
            ],
            ResponseBody = answer.AsMemory(end + 4),
        };
    }
}
