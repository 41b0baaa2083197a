using System.Net;

namespace OpenStage.Server.Scans;

/// <summary>One scan: asks addresses one after the other to call, and sees which answer and which call (WPI guide p.14).</summary>
internal sealed class AddressScan : IDisposable
{
    /// <summary>Time for a contacted phone to call.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly ScanParts parts;
    private readonly ScanRange range;
    private readonly int port;
    private readonly int perSecond;
    private readonly DateTimeOffset started;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationToken stopped;
    private readonly PriorityQueue<IPAddress, DateTimeOffset> later = new();
    private readonly Dictionary<IPAddress, Contacted> contacted = [];
    private readonly ITimer timer;
    private ScanState state;
    private DateTimeOffset lastSent;
    private DateTimeOffset? ended;
    private int next;
    private int underWay;
    private int sent;
    private int silent;

    public AddressScan(long id, ScanRange range, int port, int perSecond, ScanParts parts)
    {
        Id = id;
        this.range = range;
        this.port = port;
        this.perSecond = perSecond;
        this.parts = parts;
        lastSent = started = parts.Time.GetUtcNow();
        stopped = stop.Token;
        timer = parts.Time.CreateTimer(static scan => ((AddressScan)scan!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.Zero, TimeSpan.FromSeconds(1.0 / perSecond));
    }

    public long Id { get; }

    public bool IsOver
    {
        get
        {
            lock (gate)
                return state is ScanState.Done or ScanState.Stopped;
        }
    }

    /// <summary>A phone called.</summary>
    public void Called(IPAddress address, string mac, DateTimeOffset at)
    {
        lock (gate)
        {
            if (contacted.TryGetValue(address, out var contact) && at >= contact.Sent && at <= contact.Sent + CallTime
                && contact.Calls.All(call => call.Mac != mac))
                contact.Calls.Add(new ScanCall(mac, at));
        }
    }

    /// <summary>Sends no more; what is under way is dropped.</summary>
    public void Stop()
    {
        lock (gate)
        {
            if (!End(ScanState.Stopped))
                return;
        }

        stop.Cancel();
    }

    /// <summary>How far it is.</summary>
    public ScanView View()
    {
        lock (gate)
            return Summary();
    }

    public ScanDetails Details()
    {
        lock (gate)
        {
            var found = contacted.Where(entry => entry.Value.Status is not null || entry.Value.Calls.Count > 0).OrderBy(entry => entry.Value.Number);
            return new ScanDetails(Summary(),
                [.. found.Select(entry => new ScanHit(entry.Key.ToString(), entry.Value.Sent, entry.Value.Status, [.. entry.Value.Calls]))]);
        }
    }

    public void Dispose()
    {
        Stop();
        timer.Dispose();
        stop.Dispose();
    }

    private void Tick()
    {
        IPAddress? address;
        lock (gate)
        {
            if (state == ScanState.WaitingForCalls && lastSent + CallTime <= parts.Time.GetUtcNow())
                End(ScanState.Done);
            if (state != ScanState.Sending)
                return;
            address = NextAddress(parts.Time.GetUtcNow());
            if (address is null)
            {
                WaitForCallsIfAllSent();
                return;
            }

            underWay++;
        }

        _ = ContactAsync(address, parts.Activity.Begin());
    }

    private IPAddress? NextAddress(DateTimeOffset now)
    {
        if (later.TryPeek(out var waiting, out var at) && at <= now)
        {
            later.Dequeue();
            return waiting;
        }

        return next < range.Count ? range[next++] : null;
    }

    private void WaitForCallsIfAllSent()
    {
        if (next < range.Count || later.Count > 0 || underWay > 0)
            return;
        state = ScanState.WaitingForCalls;
        var wait = lastSent + CallTime - parts.Time.GetUtcNow();
        timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private async Task ContactAsync(IPAddress address, Activity.Running running)
    {
        using (running)
        {
            try
            {
                if (parts.Pace.Take(address) is { } again)
                {
                    lock (gate)
                        later.Enqueue(address, again);
                    return;
                }

                lock (gate)
                {
                    // Before the request: the phone may call before its answer is read.
                    lastSent = parts.Time.GetUtcNow();
                    contacted[address] = new Contacted(++sent, lastSent);
                }

                var exchange = await parts.SendAsync(address, port, stopped);
                Answered(address, exchange.Status);
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                // One address's trouble must not stop the others'.
                parts.Failed(address, broken);
            }
            finally
            {
                lock (gate)
                    underWay--;
            }
        }
    }

    private void Answered(IPAddress address, int? status)
    {
        lock (gate)
        {
            if (status is null)
                silent++;
            else if (contacted.TryGetValue(address, out var contact))
                contact.Status = status;
        }
    }

    private bool End(ScanState last)
    {
        if (state is ScanState.Done or ScanState.Stopped)
            return false;
        state = last;
        ended = parts.Time.GetUtcNow();
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // From now on only what was found is of interest, and most addresses have no phone.
        foreach (var nobody in contacted.Where(entry => entry.Value is { Status: null, Calls.Count: 0 }).Select(entry => entry.Key).ToList())
            contacted.Remove(nobody);
        return true;
    }

    private ScanView Summary() => new()
    {
        Id = Id,
        From = range[0].ToString(),
        To = range[range.Count - 1].ToString(),
        Port = port,
        PerSecond = perSecond,
        State = state,
        Started = started,
        Ended = ended,
        Total = range.Count,
        Sent = sent,
        NoContent = contacted.Values.Count(contact => contact.Status == 204),
        OtherAnswers = contacted.Values.Count(contact => contact.Status is not (null or 204)),
        Silent = silent,
        Called = contacted.Values.Count(contact => contact.Calls.Count > 0),
    };

    /// <summary>What is known of an address that was sent a contact-me.</summary>
    private sealed class Contacted(int number, DateTimeOffset sent)
    {
        public int Number => number;

        public DateTimeOffset Sent => sent;

        public int? Status { get; set; }

        public List<ScanCall> Calls { get; } = [];
    }
}
