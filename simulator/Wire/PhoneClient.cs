using System.Diagnostics;
using System.Net;
using System.Text;
using OpenStage.Protocol.SecureMode;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Wire;

/// <summary>
/// The phone's HTTPS side: posts messages from the phone's own address and takes the answers. It writes HTTP itself, as
/// the order, spelling and faults of headers and bytes are part of what is emulated.
/// </summary>
internal sealed class PhoneClient(IPAddress? source, string mac, PhoneSurroundings surroundings, IPhoneWatch? watch) : IDisposable
{
    /// <summary>Real time for the service to answer.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly TimeProvider time = surroundings.Time;
    private readonly IExchangeLog? log = surroundings.Exchanges;
    private readonly long started = surroundings.Time.GetTimestamp();
    private PhoneConnection? connection;
    private PhoneTrust trust = PhoneTrust.Nobody;
    private long sequence;

    /// <summary>True while something is done in a turn that no connection has taken yet.</summary>
    private bool hasTurn;

    /// <summary>Secure Mode from the next connection on, or Default Mode for null.</summary>
    public void Trust(SecureModeData? data)
    {
        trust.Dispose();
        trust = data is null ? PhoneTrust.Nobody : new PhoneTrust(data);
        Close();
    }

    /// <summary>Waits for the phone's turn to connect, before there is a message: either of the two below has to follow.</summary>
    public async ValueTask WaitForTurnAsync(CancellationToken cancellation)
    {
        if (surroundings.Places is not { } places)
            return;
        watch?.Waits();
        await places.WaitAsync(cancellation);
    }

    /// <summary>Does something in the turn that was waited for: the first message of it that needs a connection has the turn.</summary>
    public void InTurn(Action work)
    {
        hasTurn = true;
        try
        {
            work();
        }
        finally
        {
            Leave(TakeTurn());
        }
    }

    /// <summary>Gives back the turn that was waited for.</summary>
    public void ReturnTurn() => Leave(hasPlace: true);

    /// <summary>
    /// Posts; never throws. Whatever is wrong, an address that the service told and that cannot be looked up as much as the
    /// network, the message was not delivered: a phone that heard nothing of it would stand still for good.
    /// </summary>
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
        IReadOnlyList<HttpHeader> headers = [new HttpHeader("Host", address.Authority)];
        var exchange = Begin(ExchangeKind.Poll, "GET", address, headers, default);
        var head = Head("GET", address, headers);
        PhoneConnection? own = null;
        var hasPlace = false;
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await EnterAsync(cancellation);
            hasPlace = true;
            begun = Stopwatch.GetTimestamp();
            using var limit = Limit(cancellation);
            own = await PhoneConnection.OpenAsync(source, address, trust, watch, limit.Token);
            var answer = await own.SendAsync(head, default, Delivery.Plain, limit.Token);
            Keep(exchange, begun, own, answer, null);
            return new PhoneEvent.Polled(answer.Status);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            Lose(exchange, begun, own, broken);
            return new PhoneEvent.Polled(null);
        }
        finally
        {
            own?.Dispose();
            Leave(hasPlace);
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
        var head = Head(post.Method, post.Server, post.Headers);
        PhoneConnection? used = null;
        var hasPlace = false;
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var old = await KeptAsync(post.Server);
            if (old is null)
            {
                await EnterAsync(cancellation);
                hasPlace = true;
                begun = Stopwatch.GetTimestamp();
            }

            using var limit = Limit(cancellation);
            used = old ?? await PhoneConnection.OpenAsync(source, post.Server, trust, watch, limit.Token);
            var sent = Stopwatch.GetTimestamp();
            WireAnswer answer;
            try
            {
                answer = await used.SendAsync(head, post.Body, post.Delivery, limit.Token);
            }
            catch (IOException) when (old is not null && !used.AnswerBegun && !post.Delivery.Cut)
            {
                // The service had closed the kept connection meanwhile (keep-alive timeout, p.12).
                used.Dispose();
                used = await PhoneConnection.OpenAsync(source, post.Server, trust, watch, limit.Token);
                sent = Stopwatch.GetTimestamp();
                answer = await used.SendAsync(head, post.Body, post.Delivery, limit.Token);
            }

            watch?.Answered(Stopwatch.GetElapsedTime(sent), head.Length + post.Body.Length, answer.Body.Length);
            Keep(exchange, begun, used, answer, null);
            if (answer.Keeps && !post.Delivery.CloseAfter)
                connection = used;
            else
                await used.CloseAsync();
            return new PhoneEvent.Answer(answer.Status, Cookies(answer.Headers), answer.Chunked, answer.Body);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            used?.Dispose();
            Lose(exchange, begun, used, broken);
            return new PhoneEvent.Undelivered(Reason(broken));
        }
        finally
        {
            Leave(hasPlace);
        }
    }

    /// <summary>The kept connection when it leads to this server; one to another is closed.</summary>
    private async ValueTask<PhoneConnection?> KeptAsync(Uri server)
    {
        var old = Interlocked.Exchange(ref connection, null);
        if (old is null || old.Server.Authority == server.Authority)
            return old;
        await old.CloseAsync();
        return null;
    }

    private async ValueTask EnterAsync(CancellationToken cancellation)
    {
        if (!TakeTurn())
            await WaitForTurnAsync(cancellation);
        watch?.Connects();
    }

    private bool TakeTurn() => Interlocked.Exchange(ref hasTurn, false);

    private void Leave(bool hasPlace)
    {
        if (hasPlace)
            surroundings.Places?.Release();
    }

    private static List<string> Cookies(IReadOnlyList<HttpHeader> headers)
    {
        var cookies = new List<string>(capacity: 1);
        foreach (var header in headers)
        {
            if (header.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
                cookies.Add(header.Value);
        }

        return cookies;
    }

    /// <returns>Null when nobody keeps exchanges.</returns>
    private HttpExchange? Begin(ExchangeKind kind, string method, Uri address, IReadOnlyList<HttpHeader> headers, ReadOnlyMemory<byte> body) => log is null ? null : new()
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

    private static byte[] Head(string method, Uri address, IReadOnlyList<HttpHeader> headers)
    {
        var head = new StringBuilder(256).Append(method).Append(' ').Append(address.PathAndQuery).Append(" HTTP/1.1\r\n");
        foreach (var header in headers)
            head.Append(header.Name).Append(": ").Append(header.Value).Append("\r\n");
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private void Lose(HttpExchange? exchange, long begun, PhoneConnection? used, Exception broken)
    {
        Keep(exchange, begun, used, null, Reason(broken));
        watch?.Failed(WireError.Of(broken, isConnected: used is not null));
    }

    private void Keep(HttpExchange? exchange, long begun, PhoneConnection? used, WireAnswer? answer, string? error)
    {
        if (exchange is null)
            return;
        log?.Add(exchange with
        {
            Duration = Stopwatch.GetElapsedTime(begun),
            TlsVersion = used?.TlsVersion ?? "",
            Status = answer?.Status,
            ResponseHeaders = answer?.Headers ?? [],
            ResponseBody = answer?.Body ?? [],
            Error = error ?? "",
        });
    }

    private static CancellationTokenSource Limit(CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        return limit;
    }

    private static string Reason(Exception broken) => broken is OperationCanceledException
        ? $"no answer within {AnswerLimit.TotalSeconds:0} s"
        : broken.InnerException?.Message ?? broken.Message;
}
