using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenStage.Benchmarks.Figures;

/// <summary>The machine and the versions that figures were taken with.</summary>
internal sealed record MachineFacts
{
    public required string Processor { get; init; }

    public required int Cores { get; init; }

    /// <summary>Memory in MB.</summary>
    public required long MemoryMegabytes { get; init; }

    public required string System { get; init; }

    public required string DotNet { get; init; }

    public required string Program { get; init; }

    /// <summary>Version of OpenSSL, or what the system has in place of it.</summary>
    public required string OpenSsl { get; init; }

    public required string Sqlite { get; init; }

    /// <summary>Processes that wanted to run in the minute before, as the system tells it; null where it does not.</summary>
    public double? LoadAverage { get; init; }

    public static MachineFacts Read()
    {
        SQLitePCL.Batteries_V2.Init();
        return new MachineFacts
        {
            Processor = ProcessorName(),
            Cores = Environment.ProcessorCount,
            MemoryMegabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024),
            System = $"{RuntimeInformation.OSDescription.Trim()} {RuntimeInformation.OSArchitecture}",
            DotNet = Environment.Version.ToString(),
            Program = typeof(MachineFacts).Assembly.GetName().Version?.ToString(3) ?? "",
            OpenSsl = OpenSslVersion(),
            Sqlite = SQLitePCL.raw.sqlite3_libversion().utf8_to_string(),
            LoadAverage = ReadLoad(),
        };
    }

    private static string ProcessorName()
    {
        const string Cpu = "/proc/cpuinfo";
        var line = File.Exists(Cpu) ? File.ReadLines(Cpu).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string OpenSslVersion()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            return "none, the system's own TLS";
#pragma warning disable CA1416 // Checked above.
        var version = SafeEvpPKeyHandle.OpenSslVersion;
#pragma warning restore CA1416
        return string.Create(CultureInfo.InvariantCulture, $"{version >> 28}.{version >> 20 & 0xFF}.{version >> 4 & 0xFF}");
    }

    private static double? ReadLoad()
    {
        const string Load = "/proc/loadavg";
        return File.Exists(Load) ? double.Parse(File.ReadAllText(Load).Split(' ')[0], CultureInfo.InvariantCulture) : null;
    }
}
