using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpenStage.Harness.Recording;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Harness.Tests.Recording;

/// <summary>A service that answers request after request with given bytes, and keeps the bytes that came. Without bytes left it hangs up.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = ServerCertificate.Make(IPAddress.Loopback, DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly ConcurrentQueue<string> answers;
    private readonly Task serving;

    /// <param name="answers">What is answered; an empty text hangs up without an answer.</param>
    public ScriptedService(params string[] answers)
    {
        this.answers = new ConcurrentQueue<string>(answers);
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Url => new($"https://{listener.LocalEndpoint}/DeploymentService/LoginService");

    public ConcurrentQueue<string> Requests { get; } = new();

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
        certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                Connections++;
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(certificate);
                while (await HttpSide.ReadAsync(tls, CancellationToken.None) is { } request && answers.TryDequeue(out var answer))
                {
                    Requests.Enqueue(Encoding.Latin1.GetString(HttpSide.Write(request)));
                    if (answer.Length == 0)
                        break;
                    await tls.WriteAsync(Encoding.Latin1.GetBytes(answer));
                    if (answer.Contains("Connection: close", StringComparison.Ordinal))
                        break;
                }
            }
            catch (IOException)
            {
                // The proxy hung up; the next connection is served.
            }
            catch (Exception ended) when (ended is InvalidOperationException or SocketException)
            {
                return;
            }
        }
    }
}
