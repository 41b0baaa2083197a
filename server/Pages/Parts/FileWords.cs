using System.Globalization;
using OpenStage.Server.Files;

namespace OpenStage.Server.Pages.Parts;

/// <summary>Files in words.</summary>
public static class FileWords
{
    private static readonly string[] Units = ["kB", "MB", "GB"];

    /// <summary>Such as <c>1.4 MB</c>.</summary>
    public static string Size(long bytes)
    {
        if (bytes < 1000)
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        var size = bytes / 1000.0;
        var unit = 0;
        for (; size >= 1000 && unit < Units.Length - 1; unit++)
            size /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }

    /// <summary>Name, version and device types of firmware.</summary>
    public static string Firmware(LibraryFile file) =>
        string.Join(" · ", new[] { file.Name, file.Version, string.Join(", ", file.DeviceTypes) }.Where(text => text.Length > 0));
}
