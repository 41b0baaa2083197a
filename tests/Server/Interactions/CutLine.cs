using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>The line between a phone and the server; at a given byte, whichever way it goes, something happens to the server.</summary>
internal sealed class CutLine : IDisposable
{
    private readonly Lock gate = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int serverPort;
    private Action cut = () => { };
    private int left = int.MaxValue;

    public CutLine(Uri server)
    {
        serverPort = server.Port;
        listener.Start();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{listener.LocalEndpoint}{server.AbsolutePath}"));
        _ = AcceptAsync();
    }

    /// <summary>Where the phone posts to.</summary>
    public Uri Url { get; }

    /// <summary>Lets so many bytes through, of both directions together, then acts and closes the connection.</summary>
    public void CutAfter(int bytes, Action act)
    {
        lock (gate)
            (left, cut) = (bytes, act);
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
                _ = PassAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient phone)
    {
        using var server = new TcpClient();
        using (phone)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, serverPort, stop.Token);
                await Task.WhenAny(CopyAsync(phone.GetStream(), server.GetStream()), CopyAsync(server.GetStream(), phone.GetStream()));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // No server: the phone sees its connection close.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            var buffer = new byte[4096];
            int read;
            while ((read = await from.ReadAsync(buffer, stop.Token)) > 0)
            {
                var (pass, act) = Take(read);
                await to.WriteAsync(buffer.AsMemory(0, pass), stop.Token);
                if (act is null)
                    continue;
                act();
                return;
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One side closed.
        }
    }

    private (int Pass, Action? Act) Take(int bytes)
    {
        lock (gate)
        {
            if (bytes < left)
            {
                left -= left == int.MaxValue ? 0 : bytes;
                return (bytes, null);
            }

            var pass = left;
            left = int.MaxValue;
            return (pass, cut);
        }
    }
}
