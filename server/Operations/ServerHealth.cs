using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace OpenStage.Server.Operations;

/// <summary>Knows whether the server is ready: its store answers, its listeners are open, and it is not stopping.</summary>
/// <param name="expected">Names of the listeners that must be open.</param>
/// <param name="askStore">Asks the store for the version of its schema.</param>
internal sealed class ServerHealth(IReadOnlyList<string> expected, Func<int> askStore, TimeProvider time)
{
    /// <summary>Time for the store to answer; a query that takes longer is no use to a phone either.</summary>
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, int> listeners = new();
    private readonly DateTimeOffset started = time.GetUtcNow();
    private volatile bool stopping;

    /// <summary>Version of the program.</summary>
    public static string Version { get; } = typeof(ServerHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>A listener is open.</summary>
    /// <param name="name">Such as phones.</param>
    public void Opened(string name, int port) => listeners[name] = port;

    /// <summary>The end has begun: no more phones shall be sent here.</summary>
    public void Stopping() => stopping = true;

    public async Task<HealthReport> LookAsync()
    {
        List<HealthPart> parts = [await StoreAsync()];
        foreach (var name in expected)
        {
            parts.Add(listeners.TryGetValue(name, out var port)
                ? new HealthPart(name, true, 0, string.Create(CultureInfo.InvariantCulture, $"port {port}"))
                : new HealthPart(name, false, 0, "not open"));
        }

        parts.Add(new HealthPart("running", !stopping, 0, stopping ? "stopping" : "running"));
        return new HealthReport(parts.All(part => part.Ok), Version, started, (time.GetUtcNow() - started).TotalSeconds, parts);
    }

    private async Task<HealthPart> StoreAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        var (isOk, detail) = (false, "");
        try
        {
            var version = await Task.Run(askStore).WaitAsync(StorePatience);
            (isOk, detail) = (true, string.Create(CultureInfo.InvariantCulture, $"schema version {version}"));
        }
        catch (TimeoutException)
        {
            detail = string.Create(CultureInfo.InvariantCulture, $"no answer within {StorePatience.TotalSeconds} s");
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // Not its message, which may name hosts and users to whoever asks.
            detail = $"failed with {broken.GetType().Name}";
        }

        return new HealthPart("store", isOk, Stopwatch.GetElapsedTime(begun).TotalMilliseconds, detail);
    }
}
