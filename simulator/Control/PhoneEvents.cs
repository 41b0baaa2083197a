using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OpenStage.Simulator.Control;

/// <summary>What a front panel is told as it happens: the state of its phone, and its messages.</summary>
internal sealed class PhoneEvents(SimulatedPhone phone, ControlLog log)
{
    public async IAsyncEnumerable<SseItem<object>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Bells, not messages: however much happens while a reader is slow, it then gets the latest state once.
        var bells = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Ring() => bells.Writer.TryWrite(true);
        phone.Changed += Ring;
        log.Added += Ring;
        try
        {
            Ring();
            long seen = 0;
            await foreach (var _ in bells.Reader.ReadAllAsync(cancellation))
            {
                yield return new SseItem<object>(await phone.GetStateAsync(), "state");
                foreach (var (number, exchange) in log.Of(phone.Mac, seen))
                {
                    seen = number;
                    yield return new SseItem<object>(ExchangeView.Of(number, exchange), "message");
                }
            }
        }
        finally
        {
            phone.Changed -= Ring;
            log.Added -= Ring;
        }
    }
}
