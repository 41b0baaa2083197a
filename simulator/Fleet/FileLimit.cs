using System.Globalization;

namespace OpenStage.Simulator.Fleet;

/// <summary>The limit of open files: each phone has one for its contact-me port, and one more while it talks.</summary>
internal static class FileLimit
{
    private const string Source = "/proc/self/limits";

    /// <summary>Files beside those of phones at rest: the runtime's own, and those of phones that talk.</summary>
    private const int Room = 1500;

    /// <summary>What this process may have open, or null where that cannot be told or has no limit.</summary>
    public static long? Here() => File.Exists(Source) ? Parse(File.ReadAllText(Source)) : null;

    /// <summary>Refuses a fleet that the limit would break in the middle.</summary>
    /// <exception cref="ArgumentException">The limit is too low; the message says what to do.</exception>
    public static void Check(int phones, long? limit)
    {
        if (limit < phones + Room)
            throw new ArgumentException($"{phones} phones need {phones + Room} open files, and this process may have {limit}: say 'ulimit -Hn {phones + Room}; ulimit -n {phones + Room}' before (as root, or in limits.conf), or share the fleet with --shard.");
    }

    internal static long? Parse(string limits)
    {
        const string Name = "Max open files";
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
            && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                ? limit
                : null;
    }
}
