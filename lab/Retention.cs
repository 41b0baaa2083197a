using System.Globalization;

namespace OpenStage.Lab;

/// <summary>What is kept of earlier runs: so many runs, or those of so many days.</summary>
/// <param name="Runs">Number of runs, the newest one counted, 1 to 9999; null when days count.</param>
/// <param name="Age">How old a run may be, in whole days; meaningless when runs count.</param>
internal sealed record Retention(int? Runs, TimeSpan Age)
{
    private const int Most = 9999;

    /// <summary>Reads <c>30</c> for thirty runs or <c>30d</c> for thirty days.</summary>
    /// <exception cref="FormatException">The text is neither; the message says what is allowed.</exception>
    public static Retention Parse(string text)
    {
        var isDays = text.EndsWith('d');
        if (!int.TryParse(isDays ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > Most)
            throw new FormatException($"--keep '{text}' is not allowed; allowed is a number of runs from 1 to {Most}, or of days with a d behind it such as 30d.");
        return isDays ? new Retention(null, TimeSpan.FromDays(number)) : new Retention(number, TimeSpan.Zero);
    }
}
