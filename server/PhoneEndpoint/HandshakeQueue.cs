using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>
/// Lets few handshakes begin at a time. When a site gets its power back all phones call within seconds, and each
/// handshake takes a millisecond of a processor: begun all together they would all end late, most of them too late. Who
/// waits here has not begun, so its time limit has not either.
/// </summary>
/// <param name="most">Most connections at a time between their hello and the server's answer to it.</param>
/// <param name="patience">Longest wait for the hello itself, which takes no turn.</param>
#pragma warning disable CA1001 // The semaphore holds nothing as long as nobody asks for its wait handle; connections may outlive the listener.
internal sealed class HandshakeQueue(int most, TimeSpan patience)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim turns = new(most);

    /// <summary>Turns that nobody has.</summary>
    public int Free => turns.CurrentCount;

    /// <summary>Puts itself between a connection and its encryption.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        if (!await HelloAsync(connection) || !await TurnAsync(connection))
            return;
        var link = new PhoneLink();
        var turn = new Turn(turns, connection.Transport, link);
        connection.Transport = turn;
        connection.Features.Set(link);
        try
        {
            await next(connection);
        }
        finally
        {
            turn.End();
        }
    };

    /// <summary>Waits until the phone has said its hello to the end: who connects and is silent, or stops in the middle, takes nobody's turn.</summary>
    private async Task<bool> HelloAsync(ConnectionContext connection)
    {
        // As a rule the hello is there by now.
        if (connection.Transport.Input.TryRead(out var there))
        {
            var isWhole = ClientHello.IsWhole(there.Buffer) && !there.IsCanceled;
            connection.Transport.Input.AdvanceTo(there.Buffer.Start);
            if (isWhole)
                return true;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        limit.CancelAfter(patience);
        try
        {
            while (true)
            {
                var hello = await connection.Transport.Input.ReadAsync(limit.Token);
                var isWhole = ClientHello.IsWhole(hello.Buffer);
                var isOver = hello.IsCompleted || hello.IsCanceled;
                connection.Transport.Input.AdvanceTo(hello.Buffer.Start, isWhole ? hello.Buffer.Start : hello.Buffer.End);
                if (isWhole || isOver)
                    return isWhole;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            connection.Abort();
            return false;
        }
    }

    /// <summary>Waits as long as the phone does.</summary>
    private async Task<bool> TurnAsync(ConnectionContext connection)
    {
        try
        {
            await turns.WaitAsync(connection.ConnectionClosed);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// A turn ends when the server's first answer has left, which is where its work is: how long the phone takes for the
    /// rest is its own matter.
    /// </summary>
    private sealed class Turn(SemaphoreSlim turns, IDuplexPipe inner, PhoneLink link) : PipeWriter, IDuplexPipe
    {
        private int ended;

        public PipeReader Input => inner.Input;

        public PipeWriter Output => this;

        public override bool CanGetUnflushedBytes => inner.Output.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.Output.UnflushedBytes;

        public void End()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
                turns.Release();
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            var flushed = inner.Output.FlushAsync(cancellationToken);
            End();
            return Watched(flushed);
        }

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            var written = inner.Output.WriteAsync(source, cancellationToken);
            End();
            return Watched(written);
        }

        public override void Advance(int bytes) => inner.Output.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.Output.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.Output.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.Output.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Output.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.Output.CompleteAsync(exception);

        private ValueTask<FlushResult> Watched(ValueTask<FlushResult> flushed) =>
            flushed.IsCompletedSuccessfully ? ValueTask.FromResult(Seen(flushed.Result)) : WatchedAsync(flushed);

        private async ValueTask<FlushResult> WatchedAsync(ValueTask<FlushResult> flushed) => Seen(await flushed);

        private FlushResult Seen(FlushResult flushed)
        {
            if (flushed.IsCompleted)
                link.Break();
            return flushed;
        }
    }
}
