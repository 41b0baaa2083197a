using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>
/// A phone's connection whose reading can be ended. After an answer that closes the connection the web server waits
/// seconds for the rest of a body, which a phone that already has its answer may never send.
/// </summary>
internal sealed class PhoneConnection(IDuplexPipe inner) : PipeReader, IDuplexPipe
{
    private volatile bool ended;

    /// <summary>Who is at its ends; null until somebody asked.</summary>
    public PhonePeer? Peer { get; set; }

    public PipeReader Input => this;

    public PipeWriter Output => inner.Output;

    /// <summary>Puts itself between a connection and what reads from it.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate next) => connection =>
    {
        var wrapped = new PhoneConnection(connection.Transport);
        connection.Transport = wrapped;
        connection.Features.Set(wrapped);
        return next(connection);
    };

    /// <summary>From now on only what has arrived is read: nothing is waited for.</summary>
    public void EndReading()
    {
        ended = true;
        // A body in chunks is read ahead.
        inner.Input.CancelPendingRead();
    }

    public override bool TryRead(out ReadResult result) => inner.Input.TryRead(out result);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!ended)
            return inner.Input.ReadAsync(cancellationToken);
        // An end of the input would make the web server drop the connection together with an answer still on its way.
        return inner.Input.TryRead(out var rest)
            ? ValueTask.FromResult(rest)
            : ValueTask.FromException<ReadResult>(new ConnectionAbortedException("The connection closes after its answer."));
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.Input.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.Input.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Input.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.Input.CompleteAsync(exception);
}
