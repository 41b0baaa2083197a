using System.Diagnostics;

namespace OpenStage.Benchmarks.Load;

/// <summary>When a round ends: after a time, or after a number of sessions, or whichever comes first.</summary>
internal sealed record LoadLimit(TimeSpan? Time, int? Sessions)
{
    public Running Begin() => new(this);

    /// <summary>A limit whose time runs; its workers share it.</summary>
    public sealed class Running(LoadLimit limit)
    {
        private readonly long begun = Stopwatch.GetTimestamp();
        private int taken;

        /// <summary>True when one more session may begin.</summary>
        public bool TakeOne() =>
            (limit.Time is not { } time || Stopwatch.GetElapsedTime(begun) < time)
            && (limit.Sessions is not { } most || Interlocked.Increment(ref taken) <= most);
    }
}
