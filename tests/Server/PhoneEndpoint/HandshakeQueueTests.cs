using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using NUnit.Framework;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>Who begins a handshake, and who waits.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HandshakeQueueTests
{
    private readonly HandshakeQueue queue = new(most: 1, TimeSpan.FromHours(1));
    private readonly ConcurrentDictionary<string, TaskCompletionSource> begins = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> ends = [];

    [Test]
    public async Task The_next_handshake_begins_when_the_first_has_its_answer()
    {
        var first = Connection("first", hello: true);
        var serving = Enter(first);
        var waiting = Enter(Connection("second", hello: true));
        Assert.That(HasBegun("first"), Is.True);
        Assert.That(HasBegun("second"), Is.False);

        await first.Context.Transport.Output.WriteAsync(new byte[] { 1 });

        await BegunAsync("second");
        End("first").SetResult();
        End("second").SetResult();
        await Task.WhenAll(serving, waiting);
        Assert.That(queue.Free, Is.EqualTo(1));
    }

    [Test]
    public void Who_connects_and_is_silent_takes_nobodys_turn()
    {
        _ = Enter(Connection("silent", hello: false));
        Assert.That(queue.Free, Is.EqualTo(1));
        _ = Enter(Connection("first", hello: true));
        Assert.That(HasBegun("first"), Is.True);
        Assert.That(queue.Free, Is.Zero);
    }

    [Test]
    public async Task Who_stops_in_the_middle_of_the_hello_takes_nobodys_turn()
    {
        var slow = Connection("slow", hello: false);
        _ = Enter(slow);
        var hello = Hello();
        foreach (var piece in hello[..^1].Chunk(7))
            await slow.Context.Application!.Output.WriteAsync(piece);
        Assert.That(HasBegun("slow"), Is.False);
        Assert.That(queue.Free, Is.EqualTo(1));

        await slow.Context.Application!.Output.WriteAsync(hello.AsMemory(hello.Length - 1));
        Assert.That(HasBegun("slow"), Is.True);
        Assert.That(queue.Free, Is.Zero);
    }

    [Test]
    public async Task Who_hangs_up_before_the_end_of_the_hello_is_left_out()
    {
        var gone = Connection("gone", hello: false);
        var left = Enter(gone);
        await gone.Context.Application!.Output.WriteAsync(Hello().AsMemory(0, 20));
        await gone.Context.Application!.Output.CompleteAsync();
        await left;
        Assert.That(HasBegun("gone"), Is.False);
        Assert.That(queue.Free, Is.EqualTo(1));
    }

    [Test]
    public async Task A_handshake_that_fails_gives_its_turn_back()
    {
        var failing = Enter(Connection("first", hello: true));
        _ = Enter(Connection("second", hello: true));

        End("first").SetException(new IOException("no common cipher"));

        Assert.That(async () => await failing, Throws.InstanceOf<IOException>());
        await BegunAsync("second");
    }

    [Test]
    public async Task Who_goes_away_while_waiting_is_left_out()
    {
        var serving = Enter(Connection("first", hello: true));
        var gone = Connection("gone", hello: true);
        var left = Enter(gone);
        _ = Enter(Connection("second", hello: true));

        await gone.Closing.CancelAsync();
        await left;
        End("first").SetResult();
        await serving;

        await BegunAsync("second");
        Assert.That(HasBegun("gone"), Is.False);
    }

    [Test]
    public async Task A_turn_is_given_back_once_however_often_the_server_writes()
    {
        var first = Connection("first", hello: true);
        var serving = Enter(first);
        _ = Enter(Connection("second", hello: true));

        await first.Context.Transport.Output.WriteAsync(new byte[] { 1 });
        await first.Context.Transport.Output.WriteAsync(new byte[] { 2 });
        End("first").SetResult();
        await serving;

        await BegunAsync("second");
        Assert.That(queue.Free, Is.Zero);
    }

    private Task Enter((DefaultConnectionContext Context, CancellationTokenSource Closing) connection) => queue.Wrap(begun =>
    {
        Begin(begun.ConnectionId).SetResult();
        return End(begun.ConnectionId).Task;
    })(connection.Context);

    /// <summary>A hello of 60 bytes, in two records.</summary>
    private static byte[] Hello()
    {
        byte[] message = [1, 0, 0, 56, .. Enumerable.Repeat((byte)7, 56)];
        return [22, 3, 1, 0, 2, .. message[..2], 22, 3, 1, 0, 58, .. message[2..]];
    }

    private bool HasBegun(string name) => Begin(name).Task.IsCompleted;

    private Task BegunAsync(string name) => Begin(name).Task.WaitAsync(RunningServer.Patience());

    private TaskCompletionSource Begin(string name) => begins.GetOrAdd(name, _ => new TaskCompletionSource());

    private TaskCompletionSource End(string name) => ends.GetOrAdd(name, _ => new TaskCompletionSource());

    /// <param name="hello">True when the phone has sent the begin of its handshake.</param>
    private static (DefaultConnectionContext Context, CancellationTokenSource Closing) Connection(string name, bool hello)
    {
        // Pipes that call back at once: what is begun without a wait has begun when the call returns.
        var atOnce = new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);
        var pair = DuplexPipe.CreateConnectionPair(atOnce, atOnce);
        var closing = new CancellationTokenSource();
        if (hello)
            pair.Application.Output.WriteAsync(Hello()).AsTask().GetAwaiter().GetResult();
        return (new DefaultConnectionContext(name, pair.Transport, pair.Application) { ConnectionClosed = closing.Token }, closing);
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;

        public static (IDuplexPipe Transport, IDuplexPipe Application) CreateConnectionPair(PipeOptions toServer, PipeOptions toPhone)
        {
            var (received, sent) = (new Pipe(toServer), new Pipe(toPhone));
            return (new DuplexPipe(received.Reader, sent.Writer), new DuplexPipe(sent.Reader, received.Writer));
        }
    }
}
