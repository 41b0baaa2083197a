using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace OpenStage.Server.Tests;

/// <summary>A phone's contact-me port: takes requests and answers with what it is told to.</summary>
internal sealed class ContactListener : IDisposable
{
    public const string NoContent = "HTTP/1.1 204 No Content\r\nServer: DlsClient\r\nContent-Length: 0\r\nContent-type: text/html\r\n\r\n";

    private readonly TcpListener listener;
    private readonly List<TcpClient> held = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<string> requests = Channel.CreateUnbounded<string>();

    public ContactListener(string address = "127.0.0.1")
    {
        listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What is answered before the connection closes; null keeps it open without a word.</summary>
    public string? Answer { get; set; } = NoContent;

    /// <summary>What the answer waits for.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    public string Uri => $"http://{listener.LocalEndpoint}/contact_dls.html/ContactDLS";

    /// <summary>Requests that have arrived and were not taken yet.</summary>
    public int Waiting => requests.Reader.Count;

    public async Task<string> NextAsync() => await requests.Reader.ReadAsync(RunningServer.Patience());

    public void Dispose()
    {
        if (stop.IsCancellationRequested)
            return;
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
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                held.Add(client);
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
                if (Answer is not { } answer)
                    continue;
                await Ready.WaitAsync(stop.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop.Token);
                client.Dispose();
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            requests.Writer.TryComplete();
            held.ForEach(client => client.Dispose());
        }
    }
}
