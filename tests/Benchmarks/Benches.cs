using OpenStage.Benchmarks.Codec;
using OpenStage.Benchmarks.Costs;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Store;
using OpenStage.Benchmarks.Storm;

namespace OpenStage.Benchmarks;

/// <summary>All groups of figures, in the order they are taken.</summary>
internal static class Benches
{
    public static IReadOnlyList<Bench> All { get; } =
    [
        new("codec", "reading, writing and masking messages, and both machines, without network and store", CodecBench.RunAsync),
        new("session-kept", "server CPU of a start-up session with 460 items, on kept connections", SessionBench.OnKeptConnectionsAsync),
        new("session-new", "the same on a new TLS 1.2 connection each", SessionBench.OnNewConnectionsAsync),
        new("storm", "10,000 phones that all start at once, beside as many handshakes", StormBench.RunAsync),
        new("handshake", "the cryptography of a handshake", HandshakeBench.RunAsync),
        new("phones", "memory and processor time of emulated phones", PhoneBench.RunAsync),
        new("store", "store operations, one transaction each", StoreBench.RunAsync),
        new("flat", "sessions with 100,000 known phones and 1,000,000 finished jobs in the store", FlatBench.RunAsync),
        new("report", "reports of 200 phones and 150 cases", ReportBench.RunAsync),
        new("nodes", "sessions on two nodes with one PostgreSQL", NodesBench.RunAsync),
    ];
}
