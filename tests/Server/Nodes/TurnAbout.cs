using System.Net;
using System.Net.Sockets;

namespace OpenStage.Server.Tests.Nodes;

/// <summary>
/// Stands before the nodes as a balancer that knows nothing: each connection goes to the next node in turn, so that the
/// messages of one interaction reach different nodes, and one that is dead cuts the phone off.
/// </summary>
internal sealed class TurnAbout : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly IReadOnlyList<int> ports;
    private readonly int[] carried;
    private readonly Task accepting;
    private int cutOff;

    public TurnAbout(IReadOnlyList<int> ports)
    {
        this.ports = ports;
        carried = new int[ports.Count];
        listener.Start(1000);
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections that each node had.</summary>
    public IReadOnlyList<int> Carried => carried;

    /// <summary>Connections for a node that was dead.</summary>
    public int CutOff => cutOff;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var all = new List<Task>();
        try
        {
            for (var number = 0; ; number++)
                all.Add(CarryAsync(await listener.AcceptTcpClientAsync(stop.Token), number % ports.Count));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(all);
        }
    }

    private async Task CarryAsync(TcpClient phone, int node)
    {
        using (phone)
        using (var server = new TcpClient { NoDelay = true })
        {
            phone.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, ports[node], stop.Token);
            }
            catch (Exception dead) when (dead is SocketException or OperationCanceledException)
            {
                Interlocked.Increment(ref cutOff);
                return;
            }

            Interlocked.Increment(ref carried[node]);
            await Task.WhenAny(CopyAsync(phone, server), CopyAsync(server, phone));
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), stop.Token);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end went away: so does the other.
        }
    }
}
