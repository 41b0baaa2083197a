using System.Globalization;

namespace OpenStage.Simulator.Fleet;

/// <summary>The part of a fleet that a machine has: every so manieth phone.</summary>
/// <param name="Number">1 to <paramref name="Of"/>.</param>
/// <param name="Of">Machines that share the fleet, 1 to 1000.</param>
internal sealed record FleetShard(int Number, int Of)
{
    private const int Most = 1000;

    public static FleetShard Whole { get; } = new(1, 1);

    /// <exception cref="ArgumentException">The text is not like 2/4; the message says what is allowed.</exception>
    public static FleetShard Parse(string text) =>
        text.Split('/') is [var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
        && of is >= 1 and <= Most && number >= 1 && number <= of
            ? new FleetShard(number, of)
            : throw PhoneOptions.Refuse("shard", text, $"K/N such as 2/4, with N from 1 to {Most} and K from 1 to N");

    /// <summary>The numbers of its phones, from 0.</summary>
    public IEnumerable<int> Phones(int count)
    {
        for (var number = Number - 1; number < count; number += Of)
            yield return number;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");
}
