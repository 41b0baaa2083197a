using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenStage.Protocol.ContactMe;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Wire;

namespace OpenStage.Simulator.ContactMe;

/// <summary>
/// The phone's small web server for contact-me (WPI guide p.14-15). Its own code, as its exact bytes are part of what
/// is emulated: general web servers leave Content-Length out of a 204.
/// </summary>
internal sealed class ContactMeListener : IDisposable
{
    private const int MaxRequestBytes = 8 * 1024;
    private const int MaxBodyBytes = 4 * 1024;

    /// <summary>Real time for a whole request.</summary>
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(5);

    private readonly Socket listener;
    private readonly IdleGate gate;
    private readonly Func<PhoneEvent.ContactMe, Task<PhoneEffect.AnswerContactMe>> ask;
    private readonly CancellationToken stop;

    public ContactMeListener(IPEndPoint endPoint, IdleGate gate, Func<PhoneEvent.ContactMe, Task<PhoneEffect.AnswerContactMe>> ask, CancellationToken stop)
    {
        this.stop = stop;
        this.gate = gate;
        this.ask = ask;
        listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endPoint);
            listener.Listen();
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
    }

    /// <summary>False when nobody answers here: power off, or the web server died.</summary>
    public bool IsOn { get; set; }

    public IPEndPoint EndPoint { get; }

    /// <summary>Begins to accept; ends when this is disposed.</summary>
    public void Run() => _ = AcceptAsync();

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            if (!IsOn)
            {
                // As from a phone that is not there: a reset and no answer.
                client.Close(timeout: 0);
                continue;
            }

            gate.Enter();
            _ = ServeAsync(client);
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using (client)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
                limit.CancelAfter(RequestLimit);
                await using var stream = new NetworkStream(client, ownsSocket: false);
                var answer = await AnswerAsync(stream, limit.Token);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), limit.Token);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The caller went away or was too slow: nothing is owed to it.
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<string> AnswerAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var request = new MemoryStream();
        var buffer = new byte[2048];
        int end, read;
        while ((end = request.GetBuffer().AsSpan(0, (int)request.Length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (request.Length > MaxRequestBytes)
                return Response(431, "Request Header Fields Too Large");
            if ((read = await stream.ReadAsync(buffer, cancellation)) == 0)
                return Response(400, "Bad Request");
            request.Write(buffer, 0, read);
        }

        var lines = Encoding.Latin1.GetString(request.GetBuffer(), 0, end).Split("\r\n");
        var parts = lines[0].Split(' ');
        if (parts.Length != 3 || !parts[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            return Response(400, "Bad Request");
        var (path, query) = parts[1].Split('?', 2) is [var before, var after] ? (before, after) : (parts[1], "");
        if (path != ContactMeRequest.Path)
            return Response(404, "Not Found");
        if (parts[0] is not ("GET" or "POST"))
            return Response(405, "Method Not Allowed");
        if (!TryLength(lines, out var length))
            return Response(413, "Content Too Large");

        while (request.Length < end + 4 + length)
        {
            if ((read = await stream.ReadAsync(buffer, cancellation)) == 0)
                return Response(400, "Bad Request");
            request.Write(buffer, 0, read);
        }

        var body = Encoding.UTF8.GetString(request.GetBuffer(), end + 4, length);
        ContactMeRequest.TryParse(parts[0], query, body, out var contactMe, out var error);
        var answer = await ask(new PhoneEvent.ContactMe(parts[0], contactMe, error ?? "", Encoding.UTF8.GetString(request.GetBuffer(), 0, end + 4 + length)));
        return Response(answer);
    }

    private static bool TryLength(string[] lines, out int length)
    {
        length = 0;
        foreach (var line in lines)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)
                && (!int.TryParse(line.AsSpan(15).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > MaxBodyBytes))
                return false;
        }

        return true;
    }

    /// <summary>The acknowledgement as the guide prints it (p.15).</summary>
    private static string Response(PhoneEffect.AnswerContactMe answer) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {answer.Reason}\r\n")
        + (answer.Server.Length > 0 ? $"Server: {answer.Server}\r\n" : "")
        + (answer.HasLength ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(answer.Body)}\r\n") : "")
        + $"Content-type: {answer.ContentType}\r\n\r\n{answer.Body}";

    private static string Response(int status, string reason) => Response(new PhoneEffect.AnswerContactMe(status, reason, "DlsClient", ""));
}
