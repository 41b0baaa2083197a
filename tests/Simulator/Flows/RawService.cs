using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>A service that is nothing but sockets: what comes is kept as bytes, what goes out is written as told.</summary>
internal sealed class RawService : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Channel<RawRequest> requests = Channel.CreateUnbounded<RawRequest>();
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2? certificate;
    private readonly X509Certificate2? authority;
    private readonly IReadOnlyDictionary<string, byte[]> files;

    /// <param name="certificate">Null for plain HTTP.</param>
    /// <param name="authority">When given, the phone must show a certificate of it.</param>
    /// <param name="files">What GET requests of these targets are answered with at once.</param>
    public RawService(X509Certificate2? certificate, X509Certificate2? authority, IReadOnlyDictionary<string, byte[]> files)
    {
        this.certificate = certificate;
        this.authority = authority;
        this.files = files;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Authority => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool IsEmpty => requests.Reader.Count == 0;

    /// <summary>Completes when a request is there to be taken.</summary>
    public Task WaitAsync(CancellationToken cancellation) => requests.Reader.WaitToReadAsync(cancellation).AsTask();

    public async Task<RawRequest> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        return await requests.Reader.ReadAsync(limit.Token);
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = await SecureAsync(client.GetStream());
                while (await ReadAsync(stream) is { } request)
                {
                    if (files.TryGetValue(request.Target, out var content))
                        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\n\r\n")), .. content], stop.Token);
                    else
                        await requests.Writer.WriteAsync(request, stop.Token);
                    if (!files.ContainsKey(request.Target))
                        await stream.WriteAsync(await request.Answer.Task.WaitAsync(stop.Token), stop.Token);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The phone closed, or the test is over.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain)
    {
        if (certificate is null)
            return plain;
        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = authority is not null,
                RemoteCertificateValidationCallback = (_, shown, _, _) => authority is null || shown?.Issuer == authority.Subject,
            },
            stop.Token);
        return tls;
    }

    private async Task<RawRequest?> ReadAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!bytes.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
                return null;
            bytes.Add(one[0]);
        }

        var head = Encoding.Latin1.GetString([.. bytes]);
        var length = head.Split("\r\n").Where(line => line.StartsWith("Content-Length:", StringComparison.Ordinal)).Select(line => int.Parse(line[15..], CultureInfo.InvariantCulture)).FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop.Token);
        return new RawRequest(head, body);
    }
}
