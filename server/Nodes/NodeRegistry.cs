using System.Security.Cryptography;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Nodes;

/// <summary>
/// The nodes that share a store, by their heartbeats. One that died is noticed by the others, and one of them takes up
/// all that is under way: nothing of it was only in the dead node's memory.
/// </summary>
internal sealed partial class NodeRegistry : IAsyncDisposable
{
    /// <summary>Between two heartbeats of a node.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>A node that was silent for this long is dead. With the beats of the others: taken up within 20 s.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly Database database;
    private readonly Action takeUp;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private bool isOver;

    /// <param name="takeUp">Takes up all that is under way in the store.</param>
    public NodeRegistry(Database database, TimeProvider time, Action takeUp, ILogger logger)
    {
        this.database = database;
        this.takeUp = takeUp;
        this.logger = logger;
        timer = time.CreateTimer(static state => ((NodeRegistry)state!).Turn(), this, TimeSpan.Zero, Beat);
    }

    /// <summary>Name of this node, new at each start.</summary>
    public string Name { get; } = RandomNumberGenerator.GetHexString(8);

    /// <summary>Tells the others that this node is here, and looks whether one of them is not any more.</summary>
    public IReadOnlyList<string> Look() => database.Write(session =>
    {
        session.Beat(Name);
        return session.TakeDeadNodes(Silence);
    });

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        lock (gate)
            isOver = true;
        try
        {
            database.Write(session => session.ForgetNode(Name));
        }
        catch (Exception lost) when (lost is System.Data.Common.DbException)
        {
            LogStoreLost(logger, lost.Message);
        }
    }

    private void Turn()
    {
        lock (gate)
        {
            if (isOver)
                return;
            try
            {
                var dead = Look();
                if (dead.Count == 0)
                    return;
                LogTakenUp(logger, string.Join(", ", dead));
                takeUp();
            }
            catch (System.Data.Common.DbException lost)
            {
                // The next beat tries again; until then the others may take this node for dead, which loses nothing.
                LogStoreLost(logger, lost.Message);
            }
        }
    }

    [LoggerMessage(1301, LogLevel.Warning, "Node {Nodes} is silent; this node takes up what is under way")]
    private static partial void LogTakenUp(ILogger logger, string nodes);

    [LoggerMessage(1302, LogLevel.Error, "The store cannot be reached: {Reason}")]
    private static partial void LogStoreLost(ILogger logger, string reason);
}
