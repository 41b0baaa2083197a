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
        void RingFor(string mac)
        {
            if (mac.Equals(phone.Mac, StringComparison.OrdinalIgnoreCase))
                Ring();
        }

        phone.Changed += Ring;
        log.Added += RingFor;
        try
        {
            Ring();
            long seen = 0;
            await foreach (var _ in bells.Reader.ReadAllAsync(cancellation))
            {
                if (await StateAsync() is not { } state)
                    yield break;
                yield return new SseItem<object>(state, "state");
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
            log.Added -= RingFor;
        }
    }

    /// <summary>Null when the phone was taken away: then the events are over, which is no fault.</summary>
    private async Task<PhoneState?> StateAsync()
    {
        try
        {
            return await phone.GetStateAsync();
        }
        catch (Exception gone) when (gone is ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }
}
