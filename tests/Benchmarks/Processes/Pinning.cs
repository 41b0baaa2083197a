using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OpenStage.Benchmarks.Processes;

/// <summary>Keeps processes to processors of their own, so that the load does not take the server's time.</summary>
internal static partial class Pinning
{
    /// <summary>True where a process can be kept to a processor; macOS has no way to.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    /// <summary>Starts a process that runs on one processor from its first moment, so that its runtime counts one.</summary>
    /// <param name="core">Number of the processor, from 0.</param>
    public static Process Start(ProcessStartInfo start, int core)
    {
        if (!IsPossible)
            return Process.Start(start)!;
        Process? process = null;
        // A child inherits from the thread that starts it.
        var thread = new Thread(() =>
        {
            if (OperatingSystem.IsLinux())
            {
                PinThread(0, core);
                process = Process.Start(start);
            }
            else if (OperatingSystem.IsWindows())
            {
                process = Process.Start(start);
                process!.ProcessorAffinity = (nint)1 << core;
            }
        });
        thread.Start();
        thread.Join();
        return process!;
    }

    /// <summary>Keeps this process to one processor.</summary>
    public static void PinSelf(int core) => KeepSelf([core]);

    /// <summary>Lets this process run on all processors again.</summary>
    public static void Release() => KeepSelf([.. Enumerable.Range(0, Environment.ProcessorCount)]);

    private static void KeepSelf(int[] cores)
    {
        if (OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            self.ProcessorAffinity = (nint)cores.Aggregate(0L, (mask, core) => mask | (1L << core));
        }
        else if (OperatingSystem.IsLinux())
        {
            // Threads made later inherit from those there are.
            foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
                PinThread(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), cores);
        }
    }

    /// <param name="thread">Number of a thread, 0 for the calling one; one that has ended meanwhile is passed over.</param>
    private static void PinThread(int thread, params ReadOnlySpan<int> cores)
    {
        Span<ulong> mask = stackalloc ulong[16];
        foreach (var core in cores)
            mask[core / 64] |= 1UL << (core % 64);
        _ = SetAffinity(thread, (nuint)(mask.Length * sizeof(ulong)), ref mask[0]);
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ref ulong mask);
}
