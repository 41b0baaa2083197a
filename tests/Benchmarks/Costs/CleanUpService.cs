using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Benchmarks.Costs;

/// <summary>A service that answers everything with CleanUp and keeps nothing, so that it does not weigh on the figures.</summary>
internal sealed class CleanUpService : IDisposable
{
    private const string Message = "<DLSMessage><Message nonce=\"1\"><Action>CleanUp</Action></Message></DLSMessage>";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {Message.Length}\r\n\r\n{Message}");

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = ServerCertificate.Make(IPAddress.Loopback, TimeProvider.System.GetUtcNow());

    public CleanUpService()
    {
        listener.Start(backlog: 4096);
        _ = AcceptAsync();
    }

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

    public void Dispose()
    {
        listener.Dispose();
        certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[16 * 1024];
            var text = new StringBuilder();
            while (!text.ToString().EndsWith("</WorkpointMessage>\n", StringComparison.Ordinal))
            {
                var read = await tls.ReadAsync(buffer);
                if (read == 0)
                    return;
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }

            await tls.WriteAsync(Answer);
        }
    }
}
