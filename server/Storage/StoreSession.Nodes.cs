namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    /// <summary>Marks a node as alive, by the clock of the store: those of the nodes may differ.</summary>
    public void Beat(string node) => Execute(
        $"INSERT INTO nodes (name, seen) VALUES (@node, {dialect.NowMilliseconds}) ON CONFLICT (name) DO UPDATE SET seen = excluded.seen", new { node });

    public bool ForgetNode(string node) => Execute("DELETE FROM nodes WHERE name = @node", new { node }) > 0;

    /// <summary>Takes out the nodes that were silent for longer; only one caller gets each.</summary>
    public IReadOnlyList<string> TakeDeadNodes(TimeSpan silence) => Column<string>(
        $"DELETE FROM nodes WHERE seen < {dialect.NowMilliseconds} - @silence RETURNING name", new { silence = (long)silence.TotalMilliseconds });

    /// <summary>The nodes on this store, in order of their names.</summary>
    public IReadOnlyList<string> Nodes() => Column<string>("SELECT name FROM nodes ORDER BY name");
}
