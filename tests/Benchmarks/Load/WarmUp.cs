namespace OpenStage.Benchmarks.Load;

/// <summary>Runs a load until what it is sent to has compiled its code to the last form and filled its caches.</summary>
internal static class WarmUp
{
    /// <summary>No warm-up is longer, in pieces.</summary>
    private const int MostPieces = 30;

    /// <summary>A piece this much better than the best before shows that it is still getting faster.</summary>
    private const double Progress = 0.03;

    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(3);

    /// <summary>Ends when three pieces in a row brought no progress, and not before the least time.</summary>
    public static async Task RunAsync(SessionLoad load, PhoneMix mix, TimeSpan least, CancellationToken cancellation)
    {
        var best = double.MaxValue;
        var still = 0;
        for (var piece = 0; piece < MostPieces && (still < 3 || Piece * piece < least); piece++)
        {
            var round = await load.RunAsync(mix, new LoadLimit(Piece, null), cancellation);
            still = round.ServerMilliseconds < best * (1 - Progress) ? 0 : still + 1;
            best = Math.Min(best, round.ServerMilliseconds);
        }
    }
}
