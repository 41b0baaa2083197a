using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Phones;

/// <summary>
/// Sends contact-me requests byte by byte and reads the answer byte by byte, so that cases see what HTTP clients hide.
/// </summary>
internal sealed class ContactMeSender(Uri target, string mac, IExchangeLog log, Func<TimeSpan> offset)
{
    private const int MaxAnswerBytes = 64 * 1024;

    /// <summary>Real time for a phone to answer.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private long sequence;

    public Task<HttpExchange> PostAsync(string form, string contentType) => SendAsync("POST", target.AbsolutePath, form, contentType);

    public Task<HttpExchange> GetAsync(string query) =>
        SendAsync("GET", query.Length == 0 ? target.AbsolutePath : $"{target.AbsolutePath}?{query}", "");

    private async Task<HttpExchange> SendAsync(string method, string pathAndQuery, string form, string contentType = "")
    {
        var headers = new List<HttpHeader> { new("Host", target.Authority) };
        if (method == "POST")
        {
            headers.Add(new HttpHeader("Content-Type", contentType));
            headers.Add(new HttpHeader("Content-Length", Encoding.UTF8.GetByteCount(form).ToString(CultureInfo.InvariantCulture)));
        }

        var request = $"{method} {pathAndQuery} HTTP/1.1\r\n{string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n{form}";
        var begun = offset();
        var watch = Stopwatch.StartNew();
        var (answer, error) = await ExchangeAsync(Encoding.UTF8.GetBytes(request));
        var exchange = Parse(answer) with
        {
            Sequence = Interlocked.Increment(ref sequence),
            Mac = mac,
            Offset = begun,
            Duration = watch.Elapsed,
            Client = "lab",
            Server = target.Authority,
            Method = method,
            Target = pathAndQuery,
            RequestHeaders = headers,
            RequestBody = Encoding.UTF8.GetBytes(form),
            Error = error,
        };
        log.Add(exchange);
        return exchange;
    }

    private async Task<(byte[] Answer, string Error)> ExchangeAsync(byte[] request)
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        var answer = new MemoryStream();
        try
        {
            using var client = new TcpClient(target.HostNameType == UriHostNameType.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
            await client.ConnectAsync(IPAddress.Parse(target.Host.Trim('[', ']')), target.Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(request, limit.Token);
            var buffer = new byte[4096];
            int read;
            while (!IsComplete(answer) && answer.Length < MaxAnswerBytes && (read = await stream.ReadAsync(buffer, limit.Token)) > 0)
                answer.Write(buffer, 0, read);
            return (answer.ToArray(), "");
        }
        catch (OperationCanceledException)
        {
            return (answer.ToArray(), $"no complete answer within {AnswerLimit.TotalSeconds:0} s");
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            return (answer.ToArray(), broken.Message);
        }
    }

    /// <summary>True when the header and as much of a body as it announces are there.</summary>
    private static bool IsComplete(MemoryStream answer)
    {
        var bytes = answer.GetBuffer().AsSpan(0, (int)answer.Length);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var head = Parse(bytes.ToArray());
        return HttpExchange.Header(head.ResponseHeaders, "Content-Length") is { } text
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && bytes.Length >= end + 4 + length;
    }

    private static HttpExchange Parse(byte[] answer)
    {
        var exchange = new HttpExchange { Sequence = 0, Kind = ExchangeKind.ContactMe, Offset = default, Method = "", Target = "" };
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return exchange with { ResponseBody = answer };
        var lines = Encoding.Latin1.GetString(answer, 0, end).Split("\r\n");
        var status = lines[0].Split(' ');
        return exchange with
        {
            Status = status.Length > 1 && int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null,
            ResponseHeaders = [.. lines.Skip(1).Select(line => line.Split(':', 2)).Select(parts => new HttpHeader(parts[0], parts.Length > 1 ? parts[1].Trim() : ""))],
            ResponseBody = answer.AsMemory(end + 4),
        };
    }
}
