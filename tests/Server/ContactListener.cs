using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace OpenStage.Server.Tests;

/// <summary>A phone's contact-me port: takes requests and answers with what it is told to.</summary>
internal sealed class ContactListener : IDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<string> requests = Channel.CreateUnbounded<string>();

    public ContactListener(string address = "127.0.0.1")
    {
        listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        _ = AcceptAsync();
    }

    public string Answer { get; set; } = "HTTP/1.1 204 No Content\r\nServer: DlsClient\r\nContent-Length: 0\r\nContent-type: text/html\r\n\r\n";

    public string Uri => $"http://{listener.LocalEndpoint}/contact_dls.html/ContactDLS";

    /// <summary>Requests that have arrived and were not taken yet.</summary>
    public int Waiting => requests.Reader.Count;

    public async Task<string> NextAsync() => await requests.Reader.ReadAsync(RunningServer.Patience());

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
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                var stream = client.GetStream();
                var buffer = new byte[4096];
                var text = "";
                while (!text.Contains("\r\n\r\nContactMe=", StringComparison.Ordinal))
                {
                    var read = await stream.ReadAsync(buffer, stop.Token);
                    if (read == 0)
                        break;
                    text += Encoding.ASCII.GetString(buffer, 0, read);
                }

                requests.Writer.TryWrite(text);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer), stop.Token);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            requests.Writer.TryComplete();
        }
    }
}
