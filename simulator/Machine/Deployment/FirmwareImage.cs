using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Firmware;

namespace OpenStage.Simulator.Machine.Deployment;

/// <summary>
/// What an emulated phone makes of a firmware image. The real format is not known, so it looks at a first line such as
/// <c>OpenStage firmware; OpenStage 40; V3 R5.12.0</c>, and without one at a file name such as OS40_SIP_V3_R5_12_0.img
/// (field).
/// </summary>
/// <param name="DeviceType">The model it is for, or empty when nothing says so.</param>
/// <param name="Version">Its version, or null when nothing says so.</param>
public sealed partial record FirmwareImage(string DeviceType, FirmwareVersion? Version)
{
    /// <param name="start">The first bytes of the file.</param>
    public static FirmwareImage Identify(string name, ReadOnlySpan<byte> start)
    {
        var line = Encoding.Latin1.GetString(start).Split('\n')[0].Split(';');
        if (line is ["OpenStage firmware", var model, var version] && FirmwareVersion.TryParse(version, out var read))
            return new FirmwareImage(model.Trim(), read);
        var match = Name().Match(name);
        return match.Success && FirmwareVersion.TryParse($"V{match.Groups[2]} R{match.Groups[3]}.{match.Groups[4]}.{match.Groups[5]}", out read)
            ? new FirmwareImage($"OpenStage {match.Groups[1].Value.ToUpperInvariant()}", read)
            : new FirmwareImage("", null);
    }

    [GeneratedRegex(@"^OS_?(\d{2}E?)_SIP_V(\d+)_R(\d+)_(\d+)_(\d+)\.img$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
