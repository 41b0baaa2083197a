using System.Diagnostics.CodeAnalysis;

namespace OpenStage.Server.Devices;

/// <summary>The one form in which MAC addresses are kept: <c>00:1A:E8:00:00:01</c>.</summary>
internal static class MacAddress
{
    /// <summary>One in that form.</summary>
    public const string Example = "00:1A:E8:00:00:01";

    /// <summary>Reads a MAC address with colons, dashes, or neither.</summary>
    public static bool TryNormalise([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? mac)
    {
        mac = null;
        Span<char> digits = stackalloc char[12];
        var count = 0;
        foreach (var character in text?.Trim() ?? "")
        {
            if (character is ':' or '-' or '.')
                continue;
            if (!char.IsAsciiHexDigit(character) || count == 12)
                return false;
            digits[count++] = char.ToUpperInvariant(character);
        }

        if (count != 12)
            return false;
        mac = $"{digits[..2]}:{digits[2..4]}:{digits[4..6]}:{digits[6..8]}:{digits[8..10]}:{digits[10..12]}";
        return true;
    }
}
