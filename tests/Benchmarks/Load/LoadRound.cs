namespace OpenStage.Benchmarks.Load;

/// <summary>What one round of a load came to.</summary>
/// <param name="Sessions">Start-up sessions that were answered as expected; there are no others.</param>
/// <param name="ServerCpu">Processor time of the server's process.</param>
/// <param name="ServerSystemCpu">The part of it that the system took: network, disk.</param>
/// <param name="LoadCpu">Processor time of the load's process.</param>
/// <param name="Latencies">Time of each session, ascending.</param>
internal sealed record LoadRound(int Sessions, TimeSpan Elapsed, TimeSpan ServerCpu, TimeSpan ServerSystemCpu, TimeSpan LoadCpu, IReadOnlyList<TimeSpan> Latencies)
{
    public double Rate => Sessions / Elapsed.TotalSeconds;

    /// <summary>Milliseconds of server processor time a session.</summary>
    public double ServerMilliseconds => ServerCpu.TotalMilliseconds / Sessions;

    /// <summary>Milliseconds of them that the system took.</summary>
    public double ServerSystemMilliseconds => ServerSystemCpu.TotalMilliseconds / Sessions;

    /// <summary>Milliseconds of the load's processor time a session.</summary>
    public double LoadMilliseconds => LoadCpu.TotalMilliseconds / Sessions;

    /// <param name="share">0 to 1, such as 0.99 for the time that 99 of 100 sessions are shorter than.</param>
    public TimeSpan Latency(double share) => Latencies[Math.Min(Latencies.Count - 1, (int)(Latencies.Count * share))];
}
