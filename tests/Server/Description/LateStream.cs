namespace OpenStage.Server.Tests.Description;

/// <summary>A body before which something happens once it is read.</summary>
internal sealed class LateStream(byte[] content, Action before) : MemoryStream(content, writable: false)
{
    public override bool CanSeek => false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == 0)
            before();
        return base.ReadAsync(buffer, cancellationToken);
    }
}
