namespace OpenStage.Simulator.Fleet;

/// <summary>When the phones of a fleet are switched on.</summary>
internal sealed record FleetArrival
{
    /// <summary>The purpose of draws for the jitter.</summary>
    internal const int JitterDraw = 2;

    public ArrivalKind Kind { get; init; }

    /// <summary>Phones a second of a ramp, of the whole fleet, 1 to 10000.</summary>
    public int PhonesPerSecond { get; init; } = 100;

    /// <summary>How long a blackout takes, 0 to 3600 s.</summary>
    public int OffSeconds { get; init; } = 10;

    /// <summary>Over how long phones get their power back after a blackout, 0 to 3600 s.</summary>
    public int JitterSeconds { get; init; } = 5;

    /// <summary>Phones that restart together, of a shard, 1 to 10000.</summary>
    public int AtOnce { get; init; } = 50;

    /// <summary>When a phone is switched on for the first time, from the start.</summary>
    /// <param name="number">Number of the phone in the whole fleet, from 0: shards interleave.</param>
    public TimeSpan Comes(int number) => Kind == ArrivalKind.Storm ? TimeSpan.Zero : TimeSpan.FromSeconds(number / (double)PhonesPerSecond);

    /// <summary>When a phone gets its power back after a blackout, from its end.</summary>
    public TimeSpan ComesBack(int seed, int number) => TimeSpan.FromSeconds(JitterSeconds * FleetDraw.At(seed, number, JitterDraw));
}
