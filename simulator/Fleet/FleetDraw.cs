namespace OpenStage.Simulator.Fleet;

/// <summary>
/// Draws for phones by number alone: no phone has to know of another, so machines share a fleet without asking each other.
/// Draws of one purpose are spread evenly, so that in any stretch of a fleet a share is met to within a phone or two; those
/// of two purposes have nothing to do with each other.
/// </summary>
internal static class FleetDraw
{
    /// <summary>Most purposes.</summary>
    public const int Most = 24;

    /// <summary>Steps of additive sequences: roots of primes, which share no rational relation.</summary>
    private static readonly double[] Steps =
        [.. new[] { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89 }.Select(prime => Math.Sqrt(prime) % 1)];

    /// <param name="number">Number of the phone in the fleet, from 0.</param>
    /// <param name="purpose">What it is drawn for, 0 to <see cref="Most"/> - 1.</param>
    /// <returns>0 to below 1, the same for the same seed, phone and purpose.</returns>
    public static double At(int seed, int number, int purpose) =>
        (((Mix(((ulong)(uint)seed << 8) | (uint)purpose) >> 11) * (1.0 / (1UL << 53))) + (number * Steps[purpose])) % 1;

    /// <summary>A seed of a phone's own.</summary>
    public static int Seed(int seed, int number) => (int)(Mix(((ulong)(uint)seed << 32) | (uint)number) >> 33);

    private static ulong Mix(ulong mixed)
    {
        mixed += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
