using System.Net.Sockets;

namespace OpenStage.Benchmarks.Storm;

/// <summary>A connection that counts the bytes it receives.</summary>
internal sealed class CountedStream(Socket socket) : NetworkStream(socket)
{
    public int Received { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        Received += read;
        return read;
    }
}
