namespace OpenStage.Harness.Listening;

/// <summary>
/// Counts the TLS records that come in by a connection. What a sender wrote in one piece is one record of at most 16 kB,
/// however TCP and the readers above cut it up again.
/// </summary>
internal sealed class TlsRecordCount(Stream inner) : Stream
{
    private const byte ApplicationData = 23;
    private const int HeaderBytes = 5;

    private readonly byte[] header = new byte[HeaderBytes];
    private int headerRead;
    private int payloadLeft;

    /// <summary>Records with data of the application so far; in TLS 1.3 the last messages of the handshake look the same.</summary>
    public int Records { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Look(buffer.Span[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Look(buffer.AsSpan(offset, read));
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>RFC 8446, 5.1: a type, two bytes of version, two bytes of length, and the payload.</summary>
    private void Look(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var skipped = Math.Min(payloadLeft, bytes.Length);
            payloadLeft -= skipped;
            bytes = bytes[skipped..];
            if (bytes.IsEmpty)
                return;
            header[headerRead++] = bytes[0];
            bytes = bytes[1..];
            if (headerRead < HeaderBytes)
                continue;
            headerRead = 0;
            payloadLeft = (header[3] << 8) | header[4];
            if (header[0] == ApplicationData)
                Records++;
        }
    }
}
