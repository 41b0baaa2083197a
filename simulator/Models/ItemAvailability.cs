using System.Text.RegularExpressions;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Items;

namespace OpenStage.Simulator.Models;

/// <summary>Which firmware knows an item, as far as that is known; other firmware answers "unknown item".</summary>
internal static partial class ItemAvailability
{
    public static bool IsKnown(ItemDefinition item, FirmwareVersion firmware)
    {
        var text = item.Availability;
        // Items of V1 that later firmware dropped (field).
        if (text is "V1" or "V1/V2" || text.StartsWith("V1,", StringComparison.Ordinal))
            return !firmware.IsAtLeast(text == "V1/V2" ? 3 : 2, 0);

        var step = Step().Match(text);
        if (!step.Success)
            return true;
        var version = int.Parse(step.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        // "V3R5 seen" says where it was seen, not where it began; only a plus makes the release a limit.
        var release = step.Groups[3].Success && step.Groups[2].Success
            ? int.Parse(step.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        return firmware.IsAtLeast(version, release);
    }

    [GeneratedRegex(@"^V(\d)(?:R(\d))?(\+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
