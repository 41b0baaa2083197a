using System.Diagnostics;

namespace OpenStage.Benchmarks.Processes;

/// <summary>A server in a process of its own, so that its processor time and memory are known apart from the load's.</summary>
internal sealed class ServedProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private ServedProcess(Process process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    /// <summary>Where phones post to.</summary>
    public Uri Url { get; }

    /// <summary>Processor time until now.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The part of <see cref="Cpu"/> that the system took: network, disk.</summary>
    public TimeSpan SystemCpu
    {
        get
        {
            process.Refresh();
            return process.PrivilegedProcessorTime;
        }
    }

    /// <summary>Most memory that the process has had until now, in bytes.</summary>
    public long PeakMemory => EndedProcess.Peak(process);

    /// <summary>Starts an assembly and waits for the line that tells where phones post to.</summary>
    /// <param name="core">Processor that it runs on alone; null for any.</param>
    /// <param name="like">See <see cref="DotNetHost.Start"/>.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not tell its address within 30 s.</exception>
    public static async Task<ServedProcess> StartAsync(string assembly, IReadOnlyList<string> arguments, int? core, CancellationToken cancellation, string? like = null)
    {
        var start = DotNetHost.Start(assembly, like, arguments);
        var process = core is { } one ? Pinning.Start(start, one) : Process.Start(start)!;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            var url = await UrlAsync(process, assembly, limit.Token);
            // What it says later must not fill the pipe.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new ServedProcess(process, url);
        }
        catch (Exception failed)
        {
            End(process);
            if (failed is OperationCanceledException && !cancellation.IsCancellationRequested)
                throw new InvalidOperationException($"{assembly} did not tell its address within {Patience.TotalSeconds:0} s.", failed);
            throw;
        }
    }

    public void Dispose() => End(process);

    private static async Task<Uri> UrlAsync(Process process, string assembly, CancellationToken cancellation)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("Phones:", StringComparison.Ordinal))
                return new Uri(line["Phones:".Length..].Trim());
        }

        throw new InvalidOperationException($"{assembly} ended before it told its address.");
    }

    private static void End(Process process)
    {
        using (process)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
        }
    }
}
