using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenStage.Protocol.Firmware;

/// <summary>
/// A phone's firmware version. The phone reports it as <c>V3 R3.24.0</c> (WPI guide p.40); deployment items write the
/// same as <c>3.3.24.0</c> (p.57).
/// </summary>
public readonly partial record struct FirmwareVersion(int Version, int Release, int Minor, int Build)
    : IComparable<FirmwareVersion>
{
    /// <summary>Reads either form; anything else gives false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FirmwareVersion version)
    {
        version = default;
        var match = Pattern().Match(text ?? "");
        if (!match.Success)
            return false;

        Span<int> numbers = stackalloc int[4];
        for (var i = 0; i < 4; i++)
        {
            var digits = match.Groups[i + 1].ValueSpan;
            if (digits.Length > 0 && !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return false;
        }

        version = new FirmwareVersion(numbers[0], numbers[1], numbers[2], numbers[3]);
        return true;
    }

    /// <exception cref="FormatException">The text is neither form.</exception>
    public static FirmwareVersion Parse(string text) => TryParse(text, out var version)
        ? version
        : throw new FormatException($"'{text}' is no firmware version; allowed are 'V3 R3.24.0' and '3.3.24.0'.");

    /// <summary>True when this firmware is of the given step, such as V3R3, or later.</summary>
    public bool IsAtLeast(int version, int release) => (Version, Release).CompareTo((version, release)) >= 0;

    /// <summary>The form of deployment items: <c>3.3.24.0</c> (p.57).</summary>
    public string ToDotted() => string.Create(CultureInfo.InvariantCulture, $"{Version}.{Release}.{Minor}.{Build}");

    /// <summary>The form that phones report: <c>V3 R3.24.0</c> (p.40).</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"V{Version} R{Release}.{Minor}.{Build}");

    public int CompareTo(FirmwareVersion other) =>
        (Version, Release, Minor, Build).CompareTo((other.Version, other.Release, other.Minor, other.Build));

    public static bool operator <(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) < 0;
    public static bool operator >(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) > 0;
    public static bool operator <=(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) <= 0;
    public static bool operator >=(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) >= 0;

    [GeneratedRegex(@"^\s*(?:V(\d{1,4})\s*R(\d{1,4})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?|(?<1>\d{1,4})\.(?<2>\d{1,4})(?:\.(?<3>\d{1,6}))?(?:\.(?<4>\d{1,6}))?)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
