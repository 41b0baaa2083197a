using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace OpenStage.Server.Storage;

/// <summary>
/// Tells the other nodes on a PostgreSQL store what this one changed, and hears it from them. What changes in quick
/// succession is told together: a notification in each transaction has all nodes commit one after the other, and each of
/// them woken for each message of every phone.
/// </summary>
internal sealed class NodeTopics : IDisposable
{
    private const string Channel = "openstage_changed";

    /// <summary>Bytes of one notification: PostgreSQL takes less than 8000.</summary>
    private const int MostBytes = 7_900;

    /// <summary>Between the topics of a notification, and after the node's name; none has it.</summary>
    private const char Between = '\n';

    /// <summary>Between two times that something is told; the first of a busy time goes at once.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(50);

    /// <summary>After which a store that could not be reached is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;
    private readonly Action<string> heard;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();

    /// <summary>Tells this node's notifications from the others'.</summary>
    private readonly string node = RandomNumberGenerator.GetHexString(8);

    private readonly Task listening;
    private Task telling = Task.CompletedTask;
    private HashSet<string> waiting = [];
    private bool isTelling;

    /// <param name="heard">Takes what another node changed.</param>
    public NodeTopics(NpgsqlDataSource source, Action<string> heard)
    {
        this.source = source;
        this.heard = heard;
        listening = Task.Run(ListenAsync);
    }

    /// <summary>Tells of what was committed. A store that is lost before then is told of it when it is back.</summary>
    public void Tell(IReadOnlyCollection<string> topics)
    {
        if (topics.Count == 0)
            return;
        lock (gate)
        {
            waiting.UnionWith(topics);
            if (isTelling || stop.IsCancellationRequested)
                return;
            isTelling = true;
            telling = Task.Run(TellAsync);
        }
    }

    /// <summary>What was changed until now is told before this returns, if the store can be reached.</summary>
    public void Dispose()
    {
        lock (gate)
            stop.Cancel();
        Task.WhenAll(listening, telling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        stop.Dispose();
    }

    private async Task TellAsync()
    {
        while (Take() is { Count: > 0 } topics)
        {
            var pause = Together;
            try
            {
                await SendAsync(topics);
            }
            catch (Exception lost) when (IsLost(lost))
            {
                lock (gate)
                    waiting.UnionWith(topics);
                pause = Pause;
                if (stop.IsCancellationRequested)
                    return;
            }

            await Task.Delay(pause, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>What is to be told; with nothing, telling is over.</returns>
    private HashSet<string> Take()
    {
        lock (gate)
        {
            var topics = waiting;
            waiting = [];
            isTelling = topics.Count > 0;
            return topics;
        }
    }

    private async Task SendAsync(HashSet<string> topics)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        foreach (var payload in Payloads(topics))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_notify($1, $2)")
            {
                Parameters = { new NpgsqlParameter { Value = Channel }, new NpgsqlParameter { Value = payload } },
            });
        }

        await batch.ExecuteNonQueryAsync();
    }

    private List<string> Payloads(HashSet<string> topics)
    {
        List<string> payloads = [];
        var next = new StringBuilder(node);
        var bytes = node.Length;
        foreach (var topic in topics)
        {
            var more = 1 + Encoding.UTF8.GetByteCount(topic);
            if (bytes + more > MostBytes && bytes > node.Length)
            {
                payloads.Add(next.ToString());
                next.Clear().Append(node);
                bytes = node.Length;
            }

            next.Append(Between).Append(topic);
            bytes += more;
        }

        payloads.Add(next.ToString());
        return payloads;
    }

    /// <summary>Hears what other nodes changed. A lost connection is opened anew; what was missed then shows at the next look.</summary>
    private async Task ListenAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stop.Token);
                connection.Notification += (_, told) => Heard(told.Payload);
                await connection.ExecuteAsync($"LISTEN {Channel}");
                while (true)
                    await connection.WaitAsync(stop.Token);
            }
            catch (Exception lost) when (IsLost(lost))
            {
                await Task.Delay(Pause, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Heard(string payload)
    {
        var parts = payload.Split(Between);
        if (parts[0] == node)
            return;
        foreach (var topic in parts.AsSpan(1))
            heard(topic);
    }

    private static bool IsLost(Exception exception) => exception is NpgsqlException or OperationCanceledException or IOException or TimeoutException;
}
