using System.Diagnostics;
using OpenStage.Benchmarks.Processes;
using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.Xml;

namespace OpenStage.Benchmarks.Load;

/// <summary>
/// Sends start-up sessions of two messages: start-up, answered ReadAllItems; the reply of 460 items, answered CleanUp.
/// </summary>
/// <param name="target">What is measured.</param>
/// <param name="isKept">True when all sessions of a worker use one connection.</param>
/// <param name="connections">Sessions at a time, 1 to 1000.</param>
/// <param name="echoes">True when the answers must carry the nonce of the message (WPI guide p.34), as a server's do and a floor's do not.</param>
/// <param name="firstPhone">Number of the first phone, so that two loads have phones of their own.</param>
internal sealed class SessionLoad(ServedProcess target, bool isKept, int connections, int seed, bool echoes, int firstPhone = 0)
{
    /// <summary>Numbers of phones that one load takes, from its first; those that the server has never seen are apart.</summary>
    public const int Range = 4000;

    /// <summary>Phones that the server knows, and as many whose items change: they are not the same ones.</summary>
    private const int LeastKnown = 500;

    /// <summary>Phones above are in no store that was filled.</summary>
    private const int FirstNew = 1_000_000;

    private readonly byte[] startUp = WorkpointWriter.Write(SampleMessages.StartUp());
    private readonly byte[] reply = WorkpointWriter.Write(SampleMessages.Reply(seed));

    private ulong nonces = (ulong)seed << 32;
    private int changes;
    private int newcomers = FirstNew;

    private int Known => Math.Max(LeastKnown, connections);

    /// <summary>Has the server get to know the phones that are known later.</summary>
    public async Task IntroduceAsync(CancellationToken cancellation)
    {
        foreach (var mix in new[] { PhoneMix.Same, PhoneMix.Changed })
            await RunAsync(mix, () => new LoadLimit(null, Known / connections).Begin(), cancellation);
    }

    /// <summary>Runs one round.</summary>
    /// <exception cref="LoadException">One answer was not the expected one.</exception>
    public Task<LoadRound> RunAsync(PhoneMix mix, LoadLimit limit, CancellationToken cancellation)
    {
        var shared = limit.Begin();
        return RunAsync(mix, () => shared, cancellation);
    }

    /// <param name="limit">The limit of a worker.</param>
    private async Task<LoadRound> RunAsync(PhoneMix mix, Func<LoadLimit.Running> limit, CancellationToken cancellation)
    {
        var serverBefore = target.Cpu;
        var systemBefore = target.SystemCpu;
        var loadBefore = Environment.CpuUsage.TotalTime;
        var begun = Stopwatch.GetTimestamp();
        var workers = await Task.WhenAll(Enumerable.Range(0, connections).Select(worker => Task.Run(() => WorkAsync(worker, mix, limit(), cancellation), cancellation)));
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var latencies = workers.SelectMany(worker => worker).Order().ToList();
        return new LoadRound(latencies.Count, elapsed, target.Cpu - serverBefore, target.SystemCpu - systemBefore, Environment.CpuUsage.TotalTime - loadBefore, latencies);
    }

    private async Task<List<TimeSpan>> WorkAsync(int worker, PhoneMix mix, LoadLimit.Running limit, CancellationToken cancellation)
    {
        var first = new RequestTemplate(target.Url, startUp, hasCookie: false);
        var second = new RequestTemplate(target.Url, reply, hasCookie: true);
        var latencies = new List<TimeSpan>();
        LoadConnection? connection = null;
        try
        {
            for (var session = 0; limit.TakeOne(); session++)
            {
                var phone = firstPhone + Phone(mix, worker, session);
                first.SetPhone(phone);
                second.SetPhone(phone);
                if (mix == PhoneMix.Changed)
                    second.SetChange(Interlocked.Increment(ref changes));
                var begun = Stopwatch.GetTimestamp();
                connection ??= await LoadConnection.OpenAsync(target.Url, cancellation);
                await ConverseAsync(connection, first, second, cancellation);
                if (!isKept)
                {
                    await connection.DisposeAsync();
                    connection = null;
                }

                latencies.Add(Stopwatch.GetElapsedTime(begun));
            }
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }

        return latencies;
    }

    /// <summary>Each known phone belongs to one worker, so that no two sessions of one phone are open at a time.</summary>
    private int Phone(PhoneMix mix, int worker, int session) => mix switch
    {
        PhoneMix.New => Interlocked.Increment(ref newcomers),
        PhoneMix.Changed => Known + Mine(worker, session),
        _ => Mine(worker, session),
    };

    private int Mine(int worker, int session)
    {
        // As many as fit for each worker: the ranges of two workers do not meet.
        var each = Known / connections;
        return (worker * each) + (session % each);
    }

    private async Task ConverseAsync(LoadConnection connection, RequestTemplate first, RequestTemplate second, CancellationToken cancellation)
    {
        var nonce = new byte[32];
        NextNonce(nonce);
        first.SetNonce(nonce);
        await connection.ExchangeAsync(first.Bytes, cancellation);
        Check(connection, "<Action>ReadAllItems</Action>"u8, nonce);
        if (connection.Cookie.Length == 0)
            throw new LoadException("The answer to start-up sets no cookie JSESSIONID.");
        second.SetCookie(connection.Cookie);
        NextNonce(nonce);
        second.SetNonce(nonce);
        await connection.ExchangeAsync(second.Bytes, cancellation);
        Check(connection, "<Action>CleanUp</Action>"u8, nonce);
    }

    private void Check(LoadConnection connection, ReadOnlySpan<byte> action, ReadOnlySpan<byte> nonce)
    {
        if (connection.Body.IndexOf(action) < 0 || (echoes && connection.Body.IndexOf(nonce) < 0))
        {
            throw new LoadException(
                $"Expected {System.Text.Encoding.ASCII.GetString(action)} and the nonce of the message; got {System.Text.Encoding.UTF8.GetString(connection.Body)}");
        }
    }

    private void NextNonce(Span<byte> digits)
    {
        digits.Fill((byte)'A');
        RequestTemplate.Digits(Interlocked.Increment(ref nonces), digits[16..]);
    }
}
