using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenStage.Simulator.Fleet;

/// <summary>The machine that phones ran on, and what they took of it.</summary>
internal sealed record FleetMachine
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public required string Processor { get; init; }

    public required int Processors { get; init; }

    public required long MemoryMegabytes { get; init; }

    public required string System { get; init; }

    public required string Runtime { get; init; }

    /// <summary>Processor time of the process.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Memory of the process that is in use now.</summary>
    public required long ResidentMegabytes { get; init; }

    public static FleetMachine Here()
    {
        using var process = Process.GetCurrentProcess();
        return new FleetMachine
        {
            Processor = ProcessorName(),
            Processors = Environment.ProcessorCount,
            MemoryMegabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
            System = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
            ProcessorSeconds = process.TotalProcessorTime.TotalSeconds,
            ResidentMegabytes = process.WorkingSet64 >> 20,
        };
    }

    private static string ProcessorName()
    {
        try
        {
            var line = File.Exists(ProcessorFile) ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
        catch (IOException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
