using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.ServiceSuite.Faults;

/// <summary>Stands before a service on loopback and makes one thing wrong with it, so that a case can be seen to notice.</summary>
public sealed partial class FaultyService : IAsyncDisposable
{
    private const string EndOfSession = "<DLSMessage><Message nonce=\"\"><Action>CleanUp</Action></Message></DLSMessage>";

    private readonly ServiceFault fault;
    private readonly LabService real;
    private readonly SslStreamCertificateContext certificate;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly LabListener? contacts;
    private readonly LabListener? polls;
    private readonly LabListener? secure;
    private readonly FaultMemory memory = new();
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();

    private FaultyService(ServiceFault fault, LabService real, SslStreamCertificateContext certificate)
    {
        (this.fault, this.real, this.certificate) = (fault, real, certificate);
        listener.Start();
        if (fault.ContactMe is not null)
            contacts = LabListener.Start(IPAddress.Loopback, ListenerKind.Http, null, Contacted);
        if (fault.PollStatus is { } status)
            polls = LabListener.Start(IPAddress.Loopback, ListenerKind.Http, null, _ => new LabAnswer(status, []));
        if (fault.SecurePort != SecurePortFault.None)
        {
            // What speaks no TLS serves nobody.
            var kind = fault.SecurePort == SecurePortFault.Closed ? ListenerKind.Http : ListenerKind.Https;
            secure = LabListener.Start(IPAddress.Loopback, kind, certificate, _ => new LabAnswer(200, Encoding.UTF8.GetBytes(EndOfSession)));
        }
    }

    /// <summary>The faulty service as a lab file would name it: its id is the fault's name.</summary>
    public LabService Entry => real with
    {
        Id = fault.Name,
        Title = fault.Text,
        Url = new Uri($"https://{listener.LocalEndpoint}{real.Url.PathAndQuery}"),
        PollUrl = polls is null ? real.PollUrl : new Uri(polls.Url, real.PollUrl!.AbsolutePath),
        SecureUrl = secure is null ? real.SecureUrl : new Uri($"https://{secure.Url.Authority}{real.SecureUrl!.PathAndQuery}"),
    };

    /// <param name="certificate">What it shows; the scripted phones take any.</param>
    public static FaultyService Start(ServiceFault fault, LabService real, SslStreamCertificateContext certificate)
    {
        var started = new FaultyService(fault, real, certificate);
        _ = started.AcceptAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        contacts?.Dispose();
        polls?.Dispose();
        secure?.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
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

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate }, stop.Token);
                await ServeAsync(tls);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // The phone went away.
        }
    }

    private async Task ServeAsync(SslStream phone)
    {
        await using var service = new ServiceSide(real.Url);
        for (var isFirst = true; await HttpSide.ReadAsync(phone, stop.Token) is { } request; isFirst = false)
        {
            var turn = new FaultTurn(request, new RawMessage("", [], []), memory, isFirst);
            var sent = Heard(turn);
            if (await service.AskAsync(sent, stop.Token) is not { } came)
                return;
            if (Answered(turn with { Answer = came }) is not { } answer)
            {
                // Silence: the connection stays, and nothing comes.
                await HttpSide.ReadAsync(phone, stop.Token);
                return;
            }

            await phone.WriteAsync((byte[])[.. HttpSide.Write(answer), .. fault.Surplus], stop.Token);
            if (!HttpSide.Keeps(request) || !HttpSide.Keeps(answer) || !HttpSide.IsDelimited(answer))
                return;
        }
    }

    private RawMessage Heard(FaultTurn turn)
    {
        lock (gate)
        {
            memory.FirstNonce ??= turn.Nonce;
            memory.FirstMac ??= Mac().Match(turn.Asked) is { Success: true } mac ? mac.Groups[1].Value.Trim() : null;
            memory.WasBusy |= turn.Asked.Contains("status=\"busy\"", StringComparison.Ordinal);
            var sent = fault.Request?.Invoke(turn) ?? turn.Request;
            return contacts is null ? sent : sent with { Body = Encoding.Latin1.GetBytes(ContactMeItem().Replace(Encoding.Latin1.GetString(sent.Body), Readdressed)) };
        }
    }

    private RawMessage? Answered(FaultTurn turn)
    {
        lock (gate)
        {
            var answer = fault.Answer is null ? turn.Answer : fault.Answer(turn);
            if (turn.Action == "WriteItems")
                memory.LastWrite = turn.Text;
            if (turn.Action is "CleanUp" or "Restart" && (turn.Cookie ?? HttpExchange.Header(turn.Answer.Headers, "Set-Cookie")?.Split(';')[0]) is { } cookie)
                memory.Ended.Add(cookie);
            return answer;
        }
    }

    /// <summary>An address of this relay that tells the phone's port.</summary>
    private string Readdressed(Match item) => Uri.TryCreate(item.Groups[2].Value, UriKind.Absolute, out var own)
        ? $"{item.Groups[1].Value}http://{contacts!.Url.Authority}/{own.Port}{own.PathAndQuery}"
        : item.Value;

    private LabAnswer Contacted(LabRequest request)
    {
        _ = ForwardAsync(request);
        return new LabAnswer(204, [], "text/html");
    }

    private async Task ForwardAsync(LabRequest request)
    {
        var parts = request.Target.Split('/', 3);
        var contact = fault.ContactMe!(new RawMessage($"{request.Method} /{parts[2]} HTTP/1.1", request.Headers, request.Body));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), stop.Token);
            await client.GetStream().WriteAsync(HttpSide.Write(contact), stop.Token);
            await HttpSide.ReadAnswerAsync(client.GetStream(), stop.Token);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // The phone is gone, and its case over.
        }
    }

    [GeneratedRegex("(name=\"contact-me-uri\">)([^<]*)")]
    private static partial Regex ContactMeItem();

    [GeneratedRegex("name=\"mac-addr\">([^<]*)")]
    private static partial Regex Mac();
}
