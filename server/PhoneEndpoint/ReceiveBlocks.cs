using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>
/// Blocks of memory that connections receive into and answer from, of the size of a TLS record: what a phone tells about
/// all its items comes in two of them, where it came in eight of the usual ones, each of which woke its connection. A
/// connection that waits has none.
/// </summary>
internal sealed class ReceiveBlocks : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 16 * 1024;

    /// <summary>Most blocks that are kept while nobody uses them: 4 MB.</summary>
    public const int MostKept = 256;

    private readonly ConcurrentBag<Block> kept = [];
    private int keptCount;

    public override int MaxBufferSize => BlockBytes;

    /// <summary>Blocks that are kept.</summary>
    public int Kept => Volatile.Read(ref keptCount);

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <exception cref="ArgumentOutOfRangeException">More was asked for than a block has.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        if (kept.TryTake(out var block))
            Interlocked.Decrement(ref keptCount);
        else
            block = new Block(this);
        block.Lend();
        return block;
    }

    protected override void Dispose(bool disposing)
    {
        // Blocks that are out still come back, and go with the pool.
    }

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref keptCount) <= MostKept)
            kept.Add(block);
        else
            Interlocked.Decrement(ref keptCount);
    }

    private sealed class Block(ReceiveBlocks blocks) : IMemoryOwner<byte>
    {
        /// <summary>Pinned, as the system reads and writes it, and never cleared: nobody reads what was not received.</summary>
        private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

        private int isLent;

        public Memory<byte> Memory => bytes;

        public void Lend() => Volatile.Write(ref isLent, 1);

        /// <summary>Gives it back; a second time does nothing, as somebody else may have it by then.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLent, 0) == 1)
                blocks.Return(this);
        }
    }
}
